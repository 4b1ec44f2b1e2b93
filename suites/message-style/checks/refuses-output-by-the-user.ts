import { defineCheck } from '../../../src/authoring/define.ts'
import { PUBLISHED } from '../../common/answers.ts'
import { requireRefusal } from '../../common/refusals.ts'
import { outputByUserScenario } from '../scenarios/forms.ts'

export default defineCheck({
  id: 'message-style/refuses-output-by-the-user',
  title: 'An output_text part in a message of the user is refused',
  kind: 'wire',
  scenario: outputByUserScenario,
  covers: ['msg-wrong-part-for-role'],
  only: PUBLISHED,
  ...requireRefusal(
    'users have input_text, not output_text',
    'a lenient parser takes any text for any role',
  ),
})
