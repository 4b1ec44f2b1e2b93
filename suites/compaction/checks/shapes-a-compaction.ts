import { defineCheck, mapJson, verdictOf } from '../../../src/authoring/define.ts'
import { field, show } from '../../../src/authoring/read.ts'
import type { Finding } from '../../../src/types/index.ts'
import { compactedScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'compaction/shapes-a-compaction',
  title: 'A compaction has an id, object "response.compaction", a time and an output',
  kind: 'wire',
  scenario: compactedScenario,
  covers: ['cmp-endpoint-shape'],

  judge({ compact: { body } }) {
    const value = body.kind === 'json' ? body.value : undefined
    const findings: Finding[] = []
    const expect = (at: string, right: boolean, expected: string): void => {
      const actual = show(field(value, at))
      if (!right) findings.push({ step: 'compact', at, expected, actual })
    }
    const id = field(value, '/id')
    expect('/id', typeof id === 'string' && id !== '', 'a non-empty string')
    expect('/object', field(value, '/object') === 'response.compaction', '"response.compaction"')
    expect('/created_at', Number.isInteger(field(value, '/created_at')), 'a time in seconds')
    expect('/output', Array.isArray(field(value, '/output')), 'a list of items')
    return verdictOf(findings)
  },

  mutants: [
    {
      story: 'a gateway compacts with an ordinary response and returns it as such',
      reply: (reply, { path }) =>
        path.endsWith('/compact')
          ? mapJson(reply, (body) => ({ ...body, object: 'response' }))
          : reply,
    },
  ],
})
