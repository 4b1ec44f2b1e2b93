import { defineCheck, holds, notShown, violated } from '../../../src/authoring/define.ts'
import { header } from '../../../src/authoring/read.ts'
import type { EveryExchange } from '../../../src/types/index.ts'
import { invalidRequests } from '../invalid-requests.ts'
import { invalidRequestScenarioOf } from '../scenarios.ts'

export default defineCheck({
  id: 'errors/is-not-worth-a-retry',
  title: "A caller's mistake has no status that makes clients try again",
  kind: 'wire',
  scenario: 'every',
  covers: ['error-no-retryable-status-for-client-fault'],

  judge({ exchange }: EveryExchange, { expect }) {
    // A 5xx status is told by whoever expected the refusal.
    if (expect !== 'refusal' || exchange.status < 400 || exchange.status > 499) {
      return notShown("not the answer to a caller's mistake")
    }
    if (![408, 409].includes(exchange.status)) return holds
    if (header(exchange, 'x-should-retry') === 'false') return holds
    return violated({
      step: 'exchange',
      at: 'status',
      expected: "400, 404 or 422, because OpenAI's SDK sends a request again after 408 and 409",
      actual: String(exchange.status),
    })
  },

  mutants: [
    {
      story: 'a gateway maps every failure of its upstream to 409',
      on: invalidRequestScenarioOf(invalidRequests[0]!),
      reply: (reply) => (reply.status >= 400 ? { ...reply, status: 409 } : reply),
    },
  ],
})
