import { defineCheck } from '../../../src/authoring/define.ts'
import { PUBLISHED } from '../../common/answers.ts'
import { requireRefusal } from '../../common/refusals.ts'
import { chatPartScenario } from '../scenarios/forms.ts'

export default defineCheck({
  id: 'message-style/refuses-chat-parts',
  title: 'A part in the spelling of Chat Completions is refused, not dropped',
  kind: 'wire',
  scenario: chatPartScenario,
  covers: ['msg-unknown-part-type'],
  only: PUBLISHED,
  ...requireRefusal(
    'there is no part of type "text"',
    'a lenient parser skips the parts that it does not know',
  ),
})
