import { allOf, defineCheck, mapJson } from '../../../src/authoring/define.ts'
import { fails } from '../frames.ts'
import { noise } from '../scenarios.ts'

export default defineCheck({
  id: 'websocket/answers-noise',
  title: 'A frame that says nothing is answered by an error frame',
  kind: 'wire',
  scenario: noise,
  covers: ['ws-non-json-frame'],

  judge: ({ text, bogus }) =>
    allOf(
      fails('text', text, '"hello" is not JSON'),
      fails('bogus', bogus, 'there is no frame type "bogus"'),
    ),

  mutants: [
    {
      story: 'a server closes a turn that it does not understand without saying why',
      reply: (reply) => ({
        ...mapJson(reply, () => ({})),
        body: { events: [{ type: 'response.failed', response: {} }] },
      }),
    },
  ],
})
