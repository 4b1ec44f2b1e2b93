import { defineCheck, notShown, verdictOf } from '../../../src/authoring/define.ts'
import { field, isObject, show } from '../../../src/authoring/read.ts'
import type { Finding, Json } from '../../../src/types/index.ts'
import { readItemsAt } from '../../common/answers.ts'
import { mapItems } from '../../common/mutants.ts'
import { reasoningScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'reasoning/types-its-parts',
  title: 'Summaries are summary_text parts, raw reasoning is reasoning_text parts',
  kind: 'wire',
  scenario: reasoningScenario,
  covers: ['rs-summary-part-type'],

  judge({ ask }) {
    const findings: Finding[] = []
    let seen = 0
    for (const { value: item, at } of readItemsAt(ask, 'reasoning')) {
      for (const [key, type] of Object.entries(TYPES)) {
        const parts = Array.isArray(item[key]) ? (item[key] as readonly Json[]) : []
        for (const [index, part] of parts.entries()) {
          seen++
          const right = isObject(part) && part['type'] === type && typeof part['text'] === 'string'
          const expected = `an object with type "${type}" and a text`
          const place = `${at}/${key}/${index}`
          if (!right) findings.push({ step: 'ask', at: place, expected, actual: show(part) })
        }
      }
    }
    return seen === 0 ? notShown('no reasoning item has a part') : verdictOf(findings)
  },

  mutants: [
    {
      story: 'an adapter reuses the parts of messages for summaries',
      reply: (reply) =>
        mapItems(reply, 'reasoning', (item) => ({
          ...item,
          summary: [{ type: 'output_text', text: field(item, '/summary/0/text') ?? 'Thinking.' }],
        })),
    },
  ],
})

const TYPES = { summary: 'summary_text', content: 'reasoning_text' }
