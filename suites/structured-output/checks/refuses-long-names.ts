import { defineCheck } from '../../../src/authoring/define.ts'
import { PUBLISHED } from '../../common/answers.ts'
import { requireRefusal } from '../../common/refusals.ts'
import { longSchemaNameScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'structured-output/refuses-long-names',
  title: 'A schema with a name of 65 characters is refused',
  kind: 'wire',
  scenario: longSchemaNameScenario,
  covers: ['so-name-required-pattern'],
  only: PUBLISHED,
  ...requireRefusal('a name has at most 64 characters', 'a gateway passes any name on'),
})
