import { defineCheck } from '../../../src/authoring/define.ts'
import { isObject } from '../../../src/authoring/read.ts'
import type { EveryExchange } from '../../../src/types/index.ts'
import { textScenario } from '../../basic/scenarios.ts'
import { createFinding, judgeAnswer } from '../../common/answers.ts'
import { mapUsage } from '../../common/mutants.ts'

/** The second pair is for providers that document the names of Chat Completions. */
const NAMES = [
  ['input_tokens', 'output_tokens'],
  ['prompt_tokens', 'completion_tokens'],
] as const

export default defineCheck({
  id: 'usage/adds-up',
  title: 'total_tokens is the sum of input and output tokens',
  kind: 'wire',
  scenario: 'every',
  covers: ['usage-sum'],
  promises: ['response /usage/total_tokens'],
  documents: true,

  judge({ exchange }: EveryExchange) {
    return judgeAnswer(exchange, ({ response: { usage }, at }) => {
      if (!isObject(usage)) return 'there is no usage'
      const total = usage['total_tokens']
      for (const [into, out] of NAMES) {
        const [input, output] = [usage[into], usage[out]]
        if (typeof input !== 'number' || typeof output !== 'number') continue
        if (typeof total !== 'number') return 'there is no total'
        if (total === input + output) return []
        const sum = `${input} + ${output} = ${input + output}`
        return [createFinding(`${at}/usage/total_tokens`, sum, String(total))]
      }
      return 'usage has no counts'
    })
  },

  mutants: [
    {
      story: 'a gateway bills tokens that it does not report',
      on: textScenario,
      reply: (reply) =>
        mapUsage(reply, (usage) => ({ ...usage, total_tokens: Number(usage['total_tokens']) + 7 })),
    },
  ],
})
