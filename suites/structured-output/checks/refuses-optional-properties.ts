import { defineCheck } from '../../../src/authoring/define.ts'
import { refuses } from '../../../src/authoring/refusal.ts'
import { answersAnyway } from '../../common/refusals.ts'
import { optional } from '../scenarios.ts'

export default defineCheck({
  id: 'structured-output/refuses-optional-properties',
  title: 'A strict schema with an optional property is refused',
  kind: 'wire',
  scenario: optional,
  covers: ['so-strict-rejects-open-object'],
  only: ['openai'],

  judge({ ask }) {
    return refuses('ask', ask, 'a strict schema requires each of its properties')
  },

  mutants: [
    {
      story: 'a gateway ignores strict',
      reply: answersAnyway,
    },
  ],
})
