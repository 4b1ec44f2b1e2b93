import { defineCheck } from '../../../src/authoring/define.ts'
import { refuses } from '../../../src/authoring/refusal.ts'
import { answersAnyway } from '../../common/refusals.ts'
import { openSchema } from '../mistakes.ts'

export default defineCheck({
  id: 'tool/refuses-open-strict-schemas',
  title: 'A strict function with an open object is refused',
  kind: 'wire',
  scenario: openSchema,
  covers: ['tool-strict-invalid-schema'],
  only: ['openai'],

  judge({ ask }) {
    return refuses('ask', ask, 'a strict schema says additionalProperties: false for each object')
  },

  mutants: [
    {
      story: 'a gateway ignores strict',
      reply: answersAnyway,
    },
  ],
})
