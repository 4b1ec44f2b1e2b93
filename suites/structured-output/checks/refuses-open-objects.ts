import { defineCheck } from '../../../src/authoring/define.ts'
import { requireRefusal } from '../../common/refusals.ts'
import { openSchemaScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'structured-output/refuses-open-objects',
  title: 'A strict schema that leaves its object open is refused',
  kind: 'wire',
  scenario: openSchemaScenario,
  covers: ['so-strict-rejects-open-object'],
  only: ['openai'],
  ...requireRefusal(
    'a strict schema says additionalProperties: false for each object',
    'a gateway ignores strict',
    '/text/format/schema',
  ),
})
