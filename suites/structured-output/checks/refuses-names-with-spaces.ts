import { defineCheck } from '../../../src/authoring/define.ts'
import { PUBLISHED } from '../../common/answers.ts'
import { requireRefusal } from '../../common/refusals.ts'
import { badSchemaNameScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'structured-output/refuses-names-with-spaces',
  title: 'A schema with a space in its name is refused',
  kind: 'wire',
  scenario: badSchemaNameScenario,
  covers: ['so-name-required-pattern'],
  only: PUBLISHED,
  ...requireRefusal('a name has letters, digits, _ and - only', 'a gateway passes any name on'),
})
