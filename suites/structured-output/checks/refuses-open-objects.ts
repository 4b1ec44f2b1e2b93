import { defineCheck } from '../../../src/authoring/define.ts'
import { refuses } from '../../../src/authoring/refusal.ts'
import { answersAnyway } from '../../common/refusals.ts'
import { open } from '../scenarios.ts'

export default defineCheck({
  id: 'structured-output/refuses-open-objects',
  title: 'A strict schema that leaves its object open is refused',
  kind: 'wire',
  scenario: open,
  covers: ['so-strict-rejects-open-object'],
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
