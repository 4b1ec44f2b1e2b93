import { defineCheck } from '../../../src/authoring/define.ts'
import { PUBLISHED } from '../../common/answers.ts'
import { requireRefusal } from '../../common/refusals.ts'
import { schemalessScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'structured-output/refuses-a-missing-schema',
  title: 'The format json_schema without a schema is refused',
  kind: 'wire',
  scenario: schemalessScenario,
  covers: ['so-schema-required'],
  only: PUBLISHED,
  ...requireRefusal('json_schema needs a schema', 'a gateway falls back to plain text'),
})
