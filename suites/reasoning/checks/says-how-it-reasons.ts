import { defineCheck, mapResponse, notShown, verdictOf } from '../../../src/authoring/define.ts'
import { field, isObject, response, responseAt, show } from '../../../src/authoring/read.ts'
import type { Finding } from '../../../src/types/index.ts'
import { reasoningScenario } from '../scenarios.ts'

const SUMMARIES: readonly unknown[] = ['auto', 'concise', 'detailed']

export default defineCheck({
  id: 'reasoning/says-how-it-reasons',
  title: 'reasoning comes back with the effort that was asked for and the kind of summary',
  kind: 'wire',
  scenario: reasoningScenario,
  covers: ['rs-echo', 'rs-effort-accepted'],

  judge({ ask }) {
    // The object is optional, and an answer without it says nothing that differs.
    if (!isObject(field(response(ask), '/reasoning'))) {
      return notShown('the answer does not say how it reasons')
    }
    const findings: Finding[] = []
    const expect = (key: string, right: boolean, expected: string): void => {
      const actual = show(field(response(ask), `/reasoning/${key}`))
      const at = `${responseAt(ask)}/reasoning/${key}`
      if (!right) findings.push({ step: 'ask', at, expected, actual, requirement: 'rs-echo' })
    }
    const effort = field(response(ask), '/reasoning/effort')
    expect('effort', effort === 'low', '"low", as asked')
    // A server may say what auto came to.
    const summary = field(response(ask), '/reasoning/summary')
    expect('summary', SUMMARIES.includes(summary), '"auto", as asked, or what it came to')
    return verdictOf(findings)
  },

  mutants: [
    {
      story: 'a gateway maps every effort to its own default',
      reply: (reply) =>
        mapResponse(reply, (body) => ({ ...body, reasoning: { effort: 'medium', summary: null } })),
    },
  ],
})
