import { defineCheck } from '../../../src/authoring/define.ts'
import { PUBLISHED } from '../../common/answers.ts'
import { requireRefusal } from '../../common/refusals.ts'
import { nestedFunctionScenario } from '../mistakes.ts'

export default defineCheck({
  id: 'tool/refuses-nested-functions',
  title: 'A function in the nesting of Chat Completions is refused',
  kind: 'wire',
  scenario: nestedFunctionScenario,
  covers: ['tool-nested-definition-rejected'],
  only: PUBLISHED,
  ...requireRefusal(
    'the tool has no name at its top level',
    'a lenient parser drops what it cannot read',
  ),
})
