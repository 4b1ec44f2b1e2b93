import { defineCheck, holds, mapJson, verdictOf, violated } from '../../../src/authoring/define.ts'
import { field, isError, isObject, responseId, show } from '../../../src/authoring/read.ts'
import { quoteReply } from '../../../src/authoring/judge-refusal.ts'
import type { Finding } from '../../../src/types/index.ts'
import { deletedScenario } from '../scenarios.ts'
import { refuseParameter } from '../../common/refusals.ts'

export default defineCheck({
  id: 'lifecycle/deletes',
  title: 'A stored response can be deleted, and the answer says so',
  kind: 'wire',
  scenario: deletedScenario,
  covers: ['state-delete'],

  judge({ create, remove }) {
    if (isError(remove)) {
      const expected = '200, because the response is stored'
      return violated({ step: 'remove', at: 'status', expected, actual: quoteReply(remove) })
    }
    // A body is optional; what it says must be true.
    if (remove.body.kind !== 'json' || !isObject(remove.body.value)) return holds
    const { value } = remove.body
    const findings: Finding[] = []
    for (const [at, expected] of [
      ['/id', responseId(create)],
      ['/deleted', true],
    ] as const) {
      const actual = field(value, at)
      if (actual === expected) continue
      findings.push({ step: 'remove', at, expected: show(expected), actual: show(actual) })
    }
    return verdictOf(findings)
  },

  mutants: [
    {
      story: 'a gateway answers with the counts of its database instead of what was deleted',
      reply: (reply, { method, path }) =>
        method === 'DELETE' && path.startsWith('/responses/') && reply.status === 200
          ? mapJson(reply, () => ({ acknowledged: true, count: 1 }))
          : reply,
    },
    {
      story: 'a gateway keeps for its audit whatever is stored',
      reply: (reply, { method }) =>
        method === 'DELETE' && reply.status === 200 ? refuseParameter(reply, null) : reply,
    },
  ],
})
