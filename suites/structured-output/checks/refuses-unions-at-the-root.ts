import { defineCheck } from '../../../src/authoring/define.ts'
import { requireRefusal } from '../../common/refusals.ts'
import { rootUnionScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'structured-output/refuses-unions-at-the-root',
  title: 'A strict schema with anyOf at its root is refused',
  kind: 'wire',
  scenario: rootUnionScenario,
  covers: ['so-strict-root-is-an-object'],
  only: ['openai'],
  ...requireRefusal(
    'the root of a strict schema is an object',
    'a gateway ignores strict',
    '/text/format/schema',
  ),
})
