import { defineCheck } from '../../../src/define.ts'
import { isObject, show } from '../../../src/read.ts'
import type { EveryExchange } from '../../../src/types.ts'
import { text } from '../../basic/scenarios.ts'
import { finding, judgeAnswer, PUBLISHED } from '../../common/answers.ts'
import { mapUsage } from '../../common/mutants.ts'

export default defineCheck({
  id: 'usage/reasoning-tokens-are-output',
  title: 'reasoning_tokens is there, and at most output_tokens',
  kind: 'wire',
  scenario: 'every',
  covers: ['usage-reasoning-tokens'],
  only: PUBLISHED,
  documents: true,

  judge({ exchange }: EveryExchange) {
    return judgeAnswer(exchange, ({ response: { usage }, at }) => {
      const details = isObject(usage) ? usage['output_tokens_details'] : undefined
      if (!isObject(usage) || !isObject(details)) return 'usage has no output_tokens_details'
      const count = details['reasoning_tokens']
      const pointer = `${at}/usage/output_tokens_details/reasoning_tokens`
      if (typeof count !== 'number' || !Number.isInteger(count) || count < 0) {
        return [finding(pointer, 'an integer from 0 on', show(count))]
      }
      const whole = usage['output_tokens']
      if (typeof whole !== 'number' || count <= whole) return []
      return [finding(pointer, `at most output_tokens, ${whole}`, String(count))]
    })
  },

  mutant: {
    story: 'a gateway counts output tokens without those that were spent on thinking',
    on: text,
    reply: (reply) =>
      mapUsage(reply, (usage) => ({
        ...usage,
        output_tokens_details: { reasoning_tokens: Number(usage['output_tokens']) + 1 },
      })),
  },
})
