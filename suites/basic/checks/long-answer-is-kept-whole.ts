import { defineCheck, notShown, verdictOf } from '../../../src/authoring/define.ts'
import { events, eventType, field, text } from '../../../src/authoring/read.ts'
import { replaceText } from '../../common/mutants.ts'
import { longTextScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'basic/long-answer-is-kept-whole',
  title: 'A long answer is stored with every character that was streamed',
  kind: 'wire',
  scenario: longTextScenario,
  covers: ['misc-response-size-consistency'],

  judge({ stream, get }) {
    const streamed = events(stream)
      .filter((event) => eventType(event) === 'response.output_text.delta')
      .map((event) => field(event.data, '/delta'))
      .join('')
    if (streamed === '') return notShown('nothing was streamed')
    const stored = text(get)
    const expected = `${streamed.length} characters, as streamed`
    return verdictOf(
      stored === streamed
        ? []
        : [{ step: 'get', at: '/output', expected, actual: `${stored.length} characters` }],
    )
  },

  mutants: [
    {
      story: 'a server stores at most as much text as fits a column of its database',
      reply: (reply, { method }) =>
        method === 'GET' ? replaceText(reply, (was) => was.slice(0, 100)) : reply,
    },
  ],
})
