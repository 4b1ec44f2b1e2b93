import { defineCheck } from '../../../src/authoring/define.ts'
import { judgeRefusal } from '../../../src/authoring/judge-refusal.ts'
import { PUBLISHED } from '../../common/answers.ts'
import { answerAnyway } from '../../common/refusals.ts'
import { badSchemaNameScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'structured-output/refuses-names-with-spaces',
  title: 'A schema with a space in its name is refused',
  kind: 'wire',
  scenario: badSchemaNameScenario,
  covers: ['so-name-required-pattern'],
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
