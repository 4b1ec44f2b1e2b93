import { defineCheck } from '../../../src/authoring/define.ts'
import { requireRefusal } from '../../common/refusals.ts'
import { openToolSchemaScenario } from '../mistakes.ts'

export default defineCheck({
  id: 'tool/refuses-open-strict-schemas',
  title: 'A strict function with an open object is refused',
  kind: 'wire',
  scenario: openToolSchemaScenario,
  covers: ['tool-strict-invalid-schema'],
  only: ['openai'],
  ...requireRefusal(
    'a strict schema says additionalProperties: false for each object',
    'a gateway ignores strict',
  ),
})
