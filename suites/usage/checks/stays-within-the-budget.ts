import { defineCheck } from '../../../src/authoring/define.ts'
import { field } from '../../../src/authoring/read.ts'
import type { EveryExchange } from '../../../src/types/index.ts'
import { cappedScenario } from '../../basic/scenarios.ts'
import { requestValueOf, createFinding, judgeAnswer } from '../../common/answers.ts'
import { mapUsage } from '../../common/mutants.ts'

export default defineCheck({
  id: 'usage/stays-within-the-budget',
  title: 'No answer spends more output tokens than max_output_tokens',
  kind: 'wire',
  scenario: 'every',
  covers: ['par-max-output-tokens', 'basic-incomplete-usage', 'own-output-within-limit'],
  documents: true,

  judge({ exchange }: EveryExchange) {
    return judgeAnswer(exchange, ({ response, at }) => {
      const budget = requestValueOf(exchange, '/max_output_tokens')
      const spent = field(response, '/usage/output_tokens')
      if (typeof budget !== 'number') return 'no budget was set'
      if (typeof spent !== 'number') return 'usage has no output_tokens'
      if (spent <= budget) return []
      const pointer = `${at}/usage/output_tokens`
      const finding = createFinding(
        pointer,
        `at most ${budget}, as max_output_tokens asks`,
        String(spent),
      )
      // Who says that it stopped at the limit kept it, and counted otherwise.
      return field(response, '/incomplete_details/reason') === 'max_output_tokens'
        ? [{ ...finding, requirement: 'basic-incomplete-usage' }]
        : [finding]
    })
  },

  mutants: [
    {
      story: 'a gateway drops max_output_tokens for models that think',
      on: cappedScenario,
      reply: (reply) =>
        mapUsage(reply, (usage) => ({
          ...usage,
          output_tokens: 300,
          total_tokens: Number(usage['input_tokens']) + 300,
        })),
    },
  ],
})
