import { defineCheck, holds, unsure, verdictOf } from '../../../src/authoring/define.ts'
import { events, items } from '../../../src/authoring/read.ts'
import { isType } from '../stream-rule-check.ts'
import { dropEvents, renumberEvents } from '../mutants.ts'
import { customCallStreamScenario } from '../scenarios.ts'

const DONE = 'response.custom_tool_call_input.done'

export default defineCheck({
  id: 'streaming/streams-a-custom-call',
  title: 'A forced call of a custom tool is streamed as such',
  kind: 'forced',
  scenario: customCallStreamScenario,
  covers: ['stream-custom-tool-input'],

  judge({ stream }) {
    if (events(stream).some(isType(DONE))) return holds
    if (!items(stream).some(({ type }) => String(type).endsWith('_call')))
      return unsure('prerequisite', 'nothing was called at all')
    const [called] = items(stream, 'custom_tool_call')
    return verdictOf([
      {
        step: 'stream',
        at: '/events',
        expected: `${DONE}, since tool_choice forces a custom tool`,
        actual: `no such event, ${called === undefined ? 'and no custom_tool_call' : 'although the call is there at the end'}`,
        kind: 'missing-event',
        about: ['/tool_choice'],
      },
    ])
  },

  mutants: [
    {
      story: 'the input of a custom tool only comes with the finished item',
      reply: (reply) =>
        renumberEvents(dropEvents(reply, DONE, 'response.custom_tool_call_input.delta')),
    },
  ],
})
