import { defineCheck } from '../../../src/define.ts'
import { isObject, show } from '../../../src/read.ts'
import type { EveryExchange } from '../../../src/types.ts'
import { text } from '../../basic/scenarios.ts'
import { finding, judgeAnswer, PUBLISHED } from '../../common/answers.ts'
import { mapUsage } from '../../common/mutants.ts'

export default defineCheck({
  id: 'usage/cached-tokens-are-input',
  title: 'cached_tokens is there, and at most input_tokens',
  kind: 'wire',
  scenario: 'every',
  covers: ['usage-cached-tokens'],
  only: PUBLISHED,
  documents: true,

  judge({ exchange }: EveryExchange) {
    return judgeAnswer(exchange, ({ response: { usage }, at }) => {
      const details = isObject(usage) ? usage['input_tokens_details'] : undefined
      if (!isObject(usage) || !isObject(details)) return 'usage has no input_tokens_details'
      const count = details['cached_tokens']
      const pointer = `${at}/usage/input_tokens_details/cached_tokens`
      if (typeof count !== 'number' || !Number.isInteger(count) || count < 0) {
        return [finding(pointer, 'an integer from 0 on', show(count))]
      }
      const whole = usage['input_tokens']
      if (typeof whole !== 'number' || count <= whole) return []
      return [finding(pointer, `at most input_tokens, ${whole}`, String(count))]
    })
  },

  mutant: {
    story: 'a gateway counts input tokens without those that the upstream had cached',
    on: text,
    reply: (reply) =>
      mapUsage(reply, (usage) => ({
        ...usage,
        input_tokens_details: { cached_tokens: Number(usage['input_tokens']) + 1 },
      })),
  },
})
