import { defineCheck } from '../../../src/authoring/define.ts'
import { requireRefusal } from '../../common/refusals.ts'
import { choiceWithoutModeScenario } from '../mistakes.ts'

export default defineCheck({
  id: 'tool/refuses-a-choice-without-mode',
  title: 'allowed_tools without a mode is refused',
  kind: 'wire',
  scenario: choiceWithoutModeScenario,
  covers: ['tool-allowed-tools-mode'],
  only: ['openai'],
  ...requireRefusal(
    'allowed_tools needs the mode auto or required',
    'a lenient parser takes auto where nothing is said',
  ),
})
