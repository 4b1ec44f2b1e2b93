import {
  defineCheck,
  holds,
  mapResponse,
  notShown,
  verdictOf,
} from '../../../src/authoring/define.ts'
import { field, items, response, responseAt, show } from '../../../src/authoring/read.ts'
import { requiredCallScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'tool/call-completes',
  title: 'An answer that ends in a call is completed',
  kind: 'wire',
  scenario: requiredCallScenario,
  covers: ['tool-forced-call-status'],

  judge({ ask }) {
    if (items(ask, 'function_call').length === 0) return notShown('there is no call')
    const status = field(response(ask), '/status')
    if (status === undefined) return notShown('the answer has no status')
    if (status === 'completed') return holds
    const at = `${responseAt(ask)}/status`
    return verdictOf([{ step: 'ask', at, expected: '"completed"', actual: show(status) }])
  },

  mutants: [
    {
      story: 'an adapter maps the finish reason tool_calls to incomplete',
      reply: (reply) =>
        mapResponse(reply, (response) => ({
          ...response,
          status: 'incomplete',
          incomplete_details: { reason: 'tool_calls' },
          completed_at: null,
        })),
    },
  ],
})
