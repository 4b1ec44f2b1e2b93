import { defineCheck, notShown, verdictOf } from '../../../src/authoring/define.ts'
import { show } from '../../../src/authoring/read.ts'
import { readItemsAt } from '../../common/answers.ts'
import { mapItems } from '../../common/mutants.ts'
import { chainedReasoningScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'reasoning/summarises-when-asked',
  title: 'Reasoning has no summary that nobody asked for',
  kind: 'wire',
  scenario: chainedReasoningScenario,
  covers: ['rs-summary-requested'],

  judge({ call }) {
    const found = readItemsAt(call, 'reasoning')
    if (found.length === 0) return notShown('the answer has no reasoning item')
    return verdictOf(
      found
        .filter(({ value }) => Array.isArray(value['summary']) && value['summary'].length > 0)
        .map(({ value, at }) => ({
          step: 'call',
          at: `${at}/summary`,
          expected: '[], because no summary was asked for',
          actual: show(value['summary']),
        })),
    )
  },

  mutants: [
    {
      story: 'a gateway puts the raw reasoning of its backend into the summary',
      reply: (reply) =>
        mapItems(reply, 'reasoning', (item) => ({
          ...item,
          summary: [{ type: 'summary_text', text: 'The user wants the weight.' }],
        })),
    },
  ],
})
