import { defineCheck } from '../../../src/authoring/define.ts'
import type { EveryExchange } from '../../../src/types/index.ts'
import { text } from '../../basic/scenarios.ts'
import { PUBLISHED } from '../../common/answers.ts'
import { isPart, outgrowing, type Detail } from '../detail.ts'

const DETAIL: Detail = { of: 'output_tokens', name: 'reasoning_tokens' }

export default defineCheck({
  id: 'usage/reasoning-tokens-are-output',
  title: 'reasoning_tokens is there, and at most output_tokens',
  kind: 'wire',
  scenario: 'every',
  covers: ['usage-reasoning-tokens'],
  only: PUBLISHED,
  documents: true,

  judge: ({ exchange }: EveryExchange) => isPart(exchange, DETAIL),

  mutants: [
    {
      story: 'a gateway counts output tokens without those that were spent on thinking',
      on: text,
      reply: (reply) => outgrowing(reply, DETAIL),
    },
  ],
})
