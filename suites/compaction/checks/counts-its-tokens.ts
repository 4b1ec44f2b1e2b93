import { defineCheck, mapJson, verdictOf } from '../../../src/authoring/define.ts'
import { field, isObject, show } from '../../../src/authoring/read.ts'
import type { Finding } from '../../../src/types/index.ts'
import { compactedScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'compaction/counts-its-tokens',
  title: 'A compaction reports its usage like a response',
  kind: 'wire',
  scenario: compactedScenario,
  covers: ['cmp-usage'],

  judge({ compact: { body } }) {
    const usage = body.kind === 'json' ? field(body.value, '/usage') : undefined
    const findings: Finding[] = []
    for (const key of ['input_tokens', 'output_tokens', 'total_tokens']) {
      const actual = field(usage, `/${key}`)
      if (Number.isInteger(actual) && Number(actual) >= 0) continue
      const expected = 'a whole number of tokens'
      findings.push({ step: 'compact', at: `/usage/${key}`, expected, actual: show(actual) })
    }
    const [input, output, total] = ['input', 'output', 'total'].map((key) =>
      Number(field(usage, `/${key}_tokens`)),
    )
    if (findings.length === 0 && input! + output! !== total) {
      const expected = `${input! + output!}, the sum of input and output`
      findings.push({ step: 'compact', at: '/usage/total_tokens', expected, actual: String(total) })
    }
    return verdictOf(findings)
  },

  mutants: [
    {
      story: 'a gateway counts the tokens of chats in their own words',
      reply: (reply, { path }) =>
        path.endsWith('/compact')
          ? mapJson(reply, (body) => ({
              ...body,
              usage: { prompt_tokens: 9, completion_tokens: 3 },
            }))
          : reply,
    },
    {
      story: 'a gateway counts as the total what went in',
      reply: (reply, { path }) =>
        path.endsWith('/compact')
          ? mapJson(reply, (body) =>
              isObject(body['usage'])
                ? {
                    ...body,
                    usage: { ...body['usage'], total_tokens: body['usage']['input_tokens'] ?? 0 },
                  }
                : body,
            )
          : reply,
    },
  ],
})
