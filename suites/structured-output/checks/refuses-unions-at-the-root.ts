import { defineCheck } from '../../../src/authoring/define.ts'
import { judgeRefusal } from '../../../src/authoring/judge-refusal.ts'
import { answerAnyway } from '../../common/refusals.ts'
import { rootUnionScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'structured-output/refuses-unions-at-the-root',
  title: 'A strict schema with anyOf at its root is refused',
  kind: 'wire',
  scenario: rootUnionScenario,
  covers: ['so-strict-rejects-open-object'],
  only: ['openai'],

  judge({ ask }) {
    return judgeRefusal('ask', ask, 'the root of a strict schema is an object')
  },

  mutants: [
    {
      story: 'a gateway ignores strict',
      reply: answerAnyway,
    },
  ],
})
