import { defineCheck } from '../../../src/authoring/define.ts'
import { refuses } from '../../../src/authoring/refusal.ts'
import { PUBLISHED } from '../../common/answers.ts'
import { answersAnyway } from '../../common/refusals.ts'
import { unknownFunction } from '../mistakes.ts'

export default defineCheck({
  id: 'tool/refuses-an-unknown-choice',
  title: 'A tool_choice that names no offered function is refused',
  kind: 'wire',
  scenario: unknownFunction,
  covers: ['tool-choice-unknown-function'],
  only: PUBLISHED,

  judge({ ask }) {
    return refuses('ask', ask, 'no tool has the name "nope"')
  },

  mutants: [
    {
      story: 'a gateway drops a tool_choice that it cannot resolve',
      reply: answersAnyway,
    },
  ],
})
