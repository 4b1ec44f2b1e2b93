import { defineCheck } from '../../../src/authoring/define.ts'
import { judgeRefusal } from '../../../src/authoring/judge-refusal.ts'
import { PUBLISHED } from '../../common/answers.ts'
import { answerAnyway } from '../../common/refusals.ts'
import { longSchemaNameScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'structured-output/refuses-long-names',
  title: 'A schema with a name of 65 characters is refused',
  kind: 'wire',
  scenario: longSchemaNameScenario,
  covers: ['so-name-required-pattern'],
  only: PUBLISHED,

  judge({ ask }) {
    return judgeRefusal('ask', ask, 'a name has at most 64 characters')
  },

  mutants: [
    {
      story: 'a gateway passes any name on',
      reply: answerAnyway,
    },
  ],
})
