import { defineCheck } from '../../../src/authoring/define.ts'
import { judgeRefusal } from '../../../src/authoring/judge-refusal.ts'
import { PUBLISHED } from '../../common/answers.ts'
import { answerAnyway } from '../../common/refusals.ts'
import { emptyToolNameScenario } from '../mistakes.ts'

export default defineCheck({
  id: 'tool/refuses-empty-names',
  title: 'An empty function name is refused',
  kind: 'wire',
  scenario: emptyToolNameScenario,
  covers: ['tool-name-pattern'],
  only: PUBLISHED,

  judge({ ask }) {
    return judgeRefusal('ask', ask, 'a name has at least one character')
  },

  mutants: [
    {
      story: 'a gateway passes any name on',
      reply: answerAnyway,
    },
  ],
})
