import { defineCheck } from '../../../src/authoring/define.ts'
import type { EveryExchange } from '../../../src/types/index.ts'
import { textScenario } from '../../basic/scenarios.ts'
import { PUBLISHED } from '../../common/answers.ts'
import { judgePart, outgrowTotal, type Detail } from '../detail.ts'

const DETAIL: Detail = { of: 'output_tokens', name: 'reasoning_tokens' }

export default defineCheck({
  id: 'usage/reasoning-tokens-are-output',
  title: 'reasoning_tokens is there, and at most output_tokens',
  kind: 'wire',
  scenario: 'every',
  covers: ['usage-reasoning-tokens'],
  only: PUBLISHED,
  documents: true,

  judge: ({ exchange }: EveryExchange) => judgePart(exchange, DETAIL),

  mutants: [
    {
      story: 'a gateway counts output tokens without those that were spent on thinking',
      on: textScenario,
      reply: (reply) => outgrowTotal(reply, DETAIL),
    },
  ],
})
