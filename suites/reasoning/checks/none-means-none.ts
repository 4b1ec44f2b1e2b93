import { defineCheck, mapQuestion, refused, verdictOf } from '../../../src/authoring/define.ts'
import { field, isError, response, responseAt, show } from '../../../src/authoring/read.ts'
import { quoteReply } from '../../../src/authoring/judge-refusal.ts'
import type { Finding } from '../../../src/types/index.ts'
import { readItemsAt } from '../../common/answers.ts'
import { withoutReasoningScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'reasoning/none-means-none',
  title: 'effort none yields no reasoning',
  kind: 'wire',
  scenario: withoutReasoningScenario,
  covers: ['rs-effort-none'],

  judge({ ask }) {
    if (isError(ask)) return refused(`this model does not take effort none: ${quoteReply(ask)}`)
    const findings: Finding[] = []
    for (const { value: item, at } of readItemsAt(ask, 'reasoning')) {
      const expected = 'no reasoning item, because effort is none'
      findings.push({ step: 'ask', at, expected, actual: show(item) })
    }
    const spent = field(response(ask), '/usage/output_tokens_details/reasoning_tokens')
    if (typeof spent === 'number' && spent > 0) {
      const at = `${responseAt(ask)}/usage/output_tokens_details/reasoning_tokens`
      findings.push({ step: 'ask', at, expected: '0', actual: String(spent) })
    }
    return verdictOf(findings)
  },

  mutants: [
    {
      story: 'a gateway does not know none and uses its default',
      request: (request) =>
        mapQuestion(request, (body) => ({ ...body, reasoning: { effort: 'medium' } })),
    },
  ],
})
