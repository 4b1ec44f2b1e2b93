import { allOf, defineCheck, mapJson } from '../../../src/authoring/define.ts'
import { judgeFailedTurn } from '../frames.ts'
import { noiseScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'websocket/answers-noise',
  title: 'A frame that says nothing is answered by an error frame',
  kind: 'wire',
  scenario: noiseScenario,
  covers: ['ws-non-json-frame'],

  judge: ({ text, bogus }) =>
    allOf(
      judgeFailedTurn('text', text, '"hello" is not JSON'),
      judgeFailedTurn('bogus', bogus, 'there is no frame type "bogus"'),
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
