import { defineCheck } from '../../../src/authoring/define.ts'
import { judgeRefusal } from '../../../src/authoring/judge-refusal.ts'
import { PUBLISHED } from '../../common/answers.ts'
import { answerAnyway } from '../../common/refusals.ts'
import { nestedFunctionScenario } from '../mistakes.ts'

export default defineCheck({
  id: 'tool/refuses-nested-functions',
  title: 'A function in the nesting of Chat Completions is refused',
  kind: 'wire',
  scenario: nestedFunctionScenario,
  covers: ['tool-nested-definition-rejected'],
  only: PUBLISHED,

  judge({ ask }) {
    return judgeRefusal('ask', ask, 'the tool has no name at its top level')
  },

  mutants: [
    {
      story: 'a lenient parser drops what it cannot read',
      reply: answerAnyway,
    },
  ],
})
