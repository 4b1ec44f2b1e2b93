import { defineCheck } from '../../../src/authoring/define.ts'
import { requireRefusal } from '../../common/refusals.ts'
import { optionalPropertyScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'structured-output/refuses-optional-properties',
  title: 'A strict schema with an optional property is refused',
  kind: 'wire',
  scenario: optionalPropertyScenario,
  covers: ['so-strict-rejects-open-object'],
  only: ['openai'],
  ...requireRefusal(
    'a strict schema requires each of its properties',
    'a gateway ignores strict',
    '/text/format/schema',
  ),
})
