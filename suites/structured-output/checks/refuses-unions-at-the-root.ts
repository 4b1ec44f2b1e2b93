import { defineCheck } from '../../../src/authoring/define.ts'
import { refuses } from '../../../src/authoring/refusal.ts'
import { answersAnyway } from '../../common/refusals.ts'
import { union } from '../scenarios.ts'

export default defineCheck({
  id: 'structured-output/refuses-unions-at-the-root',
  title: 'A strict schema with anyOf at its root is refused',
  kind: 'wire',
  scenario: union,
  covers: ['so-strict-rejects-open-object'],
  only: ['openai'],

  judge({ ask }) {
    return refuses('ask', ask, 'the root of a strict schema is an object')
  },

  mutants: [
    {
      story: 'a gateway ignores strict',
      reply: answersAnyway,
    },
  ],
})
