import { defineCheck } from '../../../src/authoring/define.ts'
import { judgeRefusal } from '../../../src/authoring/judge-refusal.ts'
import { PUBLISHED } from '../../common/answers.ts'
import { answerAnyway } from '../../common/refusals.ts'
import { longToolNameScenario } from '../mistakes.ts'

export default defineCheck({
  id: 'tool/refuses-long-names',
  title: 'A function name of 129 characters is refused',
  kind: 'wire',
  scenario: longToolNameScenario,
  covers: ['tool-name-pattern'],
  only: PUBLISHED,

  judge({ ask }) {
    return judgeRefusal('ask', ask, 'a name has at most 128 characters, or 64 by Open Responses')
  },

  mutants: [
    {
      story: 'a gateway passes any name on',
      reply: answerAnyway,
    },
  ],
})
