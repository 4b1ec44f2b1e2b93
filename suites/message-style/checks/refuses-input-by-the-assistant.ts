import { defineCheck } from '../../../src/authoring/define.ts'
import { PUBLISHED } from '../../common/answers.ts'
import { requireRefusal } from '../../common/refusals.ts'
import { inputByAssistantScenario } from '../scenarios/forms.ts'

export default defineCheck({
  id: 'message-style/refuses-input-by-the-assistant',
  title: 'An input_text part in a message of the assistant is refused',
  kind: 'wire',
  scenario: inputByAssistantScenario,
  covers: ['msg-wrong-part-for-role'],
  only: PUBLISHED,
  ...requireRefusal(
    'assistants have output_text, not input_text',
    'a lenient parser takes any text for any role',
  ),
})
