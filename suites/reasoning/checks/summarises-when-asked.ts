import { defineCheck, moot, verdictOf } from '../../../src/define.ts'
import { show } from '../../../src/read.ts'
import { chained } from '../scenarios.ts'
import { mapThoughts, thoughts } from '../thoughts.ts'

export default defineCheck({
  id: 'reasoning/summarises-when-asked',
  title: 'Reasoning has no summary that nobody asked for',
  kind: 'wire',
  scenario: chained,
  covers: ['rs-summary-requested'],

  judge({ call }) {
    const found = thoughts(call)
    if (found.length === 0) return moot('the answer has no reasoning item')
    return verdictOf(
      found
        .filter(({ item }) => Array.isArray(item['summary']) && item['summary'].length > 0)
        .map(({ item, at }) => ({
          step: 'call',
          at: `${at}/summary`,
          expected: '[], because no summary was asked for',
          actual: show(item['summary']),
        })),
    )
  },

  mutant: {
    story: 'a gateway puts the raw reasoning of its backend into the summary',
    reply: (reply) =>
      mapThoughts(reply, (item) => ({
        ...item,
        summary: [{ type: 'summary_text', text: 'The user wants the weight.' }],
      })),
  },
})
