import { defineCheck } from '../../../src/authoring/define.ts'
import type { EveryExchange } from '../../../src/types/index.ts'
import { textScenario } from '../../basic/scenarios.ts'
import { PUBLISHED } from '../../common/answers.ts'
import { judgePart, outgrowTotal, type Detail } from '../detail.ts'
import { mapUsage } from '../../common/mutants.ts'

const DETAIL: Detail = { of: 'input_tokens', name: 'cached_tokens' }

export default defineCheck({
  id: 'usage/cached-tokens-are-input',
  title: 'cached_tokens is there, and at most input_tokens',
  kind: 'wire',
  scenario: 'every',
  covers: ['usage-cached-tokens'],
  only: PUBLISHED,
  documents: true,

  judge: ({ exchange }: EveryExchange) => judgePart(exchange, DETAIL),

  mutants: [
    {
      story: 'a gateway counts input tokens without those that the upstream had cached',
      on: textScenario,
      reply: (reply) => outgrowTotal(reply, DETAIL),
    },
    {
      story: 'a gateway writes null where its upstream reports no cache',
      on: textScenario,
      reply: (reply) =>
        mapUsage(reply, (usage) => ({ ...usage, input_tokens_details: { cached_tokens: null } })),
    },
  ],
})
