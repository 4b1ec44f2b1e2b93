import { defineCheck, moot, verdictOf } from '../../../src/authoring/define.ts'
import { events, eventType, field, text } from '../../../src/authoring/read.ts'
import { saying } from '../../common/mutants.ts'
import { long } from '../scenarios.ts'

export default defineCheck({
  id: 'basic/long-answer-is-kept-whole',
  title: 'A long answer is stored with every character that was streamed',
  kind: 'wire',
  scenario: long,
  covers: ['misc-response-size-consistency'],

  judge({ stream, get }) {
    const streamed = events(stream)
      .filter((event) => eventType(event) === 'response.output_text.delta')
      .map((event) => field(event.data, '/delta'))
      .join('')
    if (streamed === '') return moot('nothing was streamed')
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
        method === 'GET' ? saying(reply, (was) => was.slice(0, 100)) : reply,
    },
  ],
})
