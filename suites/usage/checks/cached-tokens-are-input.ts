import { defineCheck } from '../../../src/authoring/define.ts'
import type { EveryExchange } from '../../../src/types/index.ts'
import { text } from '../../basic/scenarios.ts'
import { PUBLISHED } from '../../common/answers.ts'
import { isPart, outgrowing, type Detail } from '../detail.ts'

const DETAIL: Detail = { of: 'input_tokens', name: 'cached_tokens' }

export default defineCheck({
  id: 'usage/cached-tokens-are-input',
  title: 'cached_tokens is there, and at most input_tokens',
  kind: 'wire',
  scenario: 'every',
  covers: ['usage-cached-tokens'],
  only: PUBLISHED,
  documents: true,

  judge: ({ exchange }: EveryExchange) => isPart(exchange, DETAIL),

  mutants: [
    {
      story: 'a gateway counts input tokens without those that the upstream had cached',
      on: text,
      reply: (reply) => outgrowing(reply, DETAIL),
    },
  ],
})
