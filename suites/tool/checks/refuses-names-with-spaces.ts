import { defineCheck } from '../../../src/authoring/define.ts'
import { PUBLISHED } from '../../common/answers.ts'
import { requireRefusal } from '../../common/refusals.ts'
import { badToolNameScenario } from '../mistakes.ts'

export default defineCheck({
  id: 'tool/refuses-names-with-spaces',
  title: 'A function name with a space is refused',
  kind: 'wire',
  scenario: badToolNameScenario,
  covers: ['tool-name-pattern'],
  only: PUBLISHED,
  ...requireRefusal('a name has letters, digits, _ and - only', 'a gateway passes any name on'),
})
