import { defineCheck, mapBody, refused, verdictOf } from '../../../src/authoring/define.ts'
import { field, isError, response, responseAt, show } from '../../../src/authoring/read.ts'
import { told } from '../../../src/authoring/refusal.ts'
import type { Finding } from '../../../src/types/index.ts'
import { itemsAt } from '../../common/answers.ts'
import { without } from '../scenarios.ts'

export default defineCheck({
  id: 'reasoning/none-means-none',
  title: 'effort none yields no reasoning',
  kind: 'wire',
  scenario: without,
  covers: ['rs-effort-none'],

  judge({ ask }) {
    if (isError(ask)) return refused(`this model does not take effort none: ${told(ask)}`)
    const findings: Finding[] = []
    for (const { value: item, at } of itemsAt(ask, 'reasoning')) {
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
        mapBody(request, (body) => ({ ...body, reasoning: { effort: 'medium' } })),
    },
  ],
})
