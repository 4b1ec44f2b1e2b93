import { defineCheck } from '../../../src/authoring/define.ts'
import { isObject, show } from '../../../src/authoring/read.ts'
import type { EveryExchange } from '../../../src/types/index.ts'
import { textScenario } from '../../basic/scenarios.ts'
import { createFinding, judgeAnswer } from '../../common/answers.ts'
import { mapUsage } from '../../common/mutants.ts'

export default defineCheck({
  id: 'usage/cache-writes-are-counted',
  title: 'cache_write_tokens is there, and an integer from 0 on',
  kind: 'wire',
  scenario: 'every',
  covers: ['usage-cache-write-tokens'],
  only: ['openai'],
  documents: true,

  judge({ exchange }: EveryExchange) {
    return judgeAnswer(exchange, ({ response: { usage }, at }) => {
      const details = isObject(usage) ? usage['input_tokens_details'] : undefined
      if (!isObject(details)) return 'usage has no input_tokens_details'
      const count = details['cache_write_tokens']
      if (typeof count === 'number' && Number.isInteger(count) && count >= 0) return []
      const pointer = `${at}/usage/input_tokens_details/cache_write_tokens`
      return [createFinding(pointer, 'an integer from 0 on', show(count))]
    })
  },

  mutants: [
    {
      story: 'a gateway was written before cache writes were billed apart',
      on: textScenario,
      reply: (reply) =>
        mapUsage(reply, (usage) => ({ ...usage, input_tokens_details: { cached_tokens: 0 } })),
    },
  ],
})
