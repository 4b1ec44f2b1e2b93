import { allOf, defineCheck, holds, mapResponse, violated } from '../../../src/define.ts'
import { items, responseAt, show } from '../../../src/read.ts'
import { recalls } from '../../../src/recall.ts'
import { warmUp } from '../scenarios.ts'

export default defineCheck({
  id: 'websocket/warms-up',
  title: 'generate false prepares a turn without output, and it can be continued',
  kind: 'behavioural',
  scenario: warmUp,
  covers: ['ws-generate-false'],

  judge({ warm, next }, { nonce }) {
    const silent =
      items(warm).length === 0
        ? holds
        : violated({
            step: 'warm',
            at: `${responseAt(warm)}/output`,
            expected: '[], because generate is false',
            actual: show([...items(warm)]),
          })
    const recalled = recalls('next', next, nonce, 'of the turn that prepared')
    return recalled.kind === 'inconclusive' ? recalled : allOf(silent, recalled)
  },

  mutant: {
    story: 'a gateway does not know generate and answers at once',
    reply: (reply) =>
      mapResponse(reply, (body) => ({
        ...body,
        output: [
          { type: 'message', id: 'msg_1', role: 'assistant', status: 'completed', content: [] },
        ],
      })),
  },
})
