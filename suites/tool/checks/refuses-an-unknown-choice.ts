import { defineCheck } from '../../../src/authoring/define.ts'
import { PUBLISHED } from '../../common/answers.ts'
import { requireRefusal } from '../../common/refusals.ts'
import { unknownFunctionScenario } from '../mistakes.ts'

export default defineCheck({
  id: 'tool/refuses-an-unknown-choice',
  title: 'A tool_choice that names no offered function is refused',
  kind: 'wire',
  scenario: unknownFunctionScenario,
  covers: ['tool-choice-unknown-function'],
  only: PUBLISHED,
  ...requireRefusal(
    'no tool has the name "nope"',
    'a gateway drops a tool_choice that it cannot resolve',
  ),
})
