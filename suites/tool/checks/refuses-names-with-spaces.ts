import { defineCheck } from '../../../src/authoring/define.ts'
import { judgeRefusal } from '../../../src/authoring/judge-refusal.ts'
import { PUBLISHED } from '../../common/answers.ts'
import { answerAnyway } from '../../common/refusals.ts'
import { badToolNameScenario } from '../mistakes.ts'

export default defineCheck({
  id: 'tool/refuses-names-with-spaces',
  title: 'A function name with a space is refused',
  kind: 'wire',
  scenario: badToolNameScenario,
  covers: ['tool-name-pattern'],
  only: PUBLISHED,

  judge({ ask }) {
    return judgeRefusal('ask', ask, 'a name has letters, digits, _ and - only')
  },

  mutants: [
    {
      story: 'a gateway passes any name on',
      reply: answerAnyway,
    },
  ],
})
