import { defineCheck } from '../../../src/authoring/define.ts'
import { judgeRefusal } from '../../../src/authoring/judge-refusal.ts'
import { PUBLISHED } from '../../common/answers.ts'
import { answerAnyway } from '../../common/refusals.ts'
import { unknownFunctionScenario } from '../mistakes.ts'

export default defineCheck({
  id: 'tool/refuses-an-unknown-choice',
  title: 'A tool_choice that names no offered function is refused',
  kind: 'wire',
  scenario: unknownFunctionScenario,
  covers: ['tool-choice-unknown-function'],
  only: PUBLISHED,

  judge({ ask }) {
    return judgeRefusal('ask', ask, 'no tool has the name "nope"')
  },

  mutants: [
    {
      story: 'a gateway drops a tool_choice that it cannot resolve',
      reply: answerAnyway,
    },
  ],
})
