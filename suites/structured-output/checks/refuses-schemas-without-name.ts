import { defineCheck } from '../../../src/authoring/define.ts'
import { PUBLISHED } from '../../common/answers.ts'
import { requireRefusal } from '../../common/refusals.ts'
import { namelessSchemaScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'structured-output/refuses-schemas-without-name',
  title: 'A schema without a name is refused',
  kind: 'wire',
  scenario: namelessSchemaScenario,
  covers: ['so-name-required-pattern'],
  only: PUBLISHED,
  ...requireRefusal('json_schema needs a name', 'a gateway makes up what is missing'),
})
