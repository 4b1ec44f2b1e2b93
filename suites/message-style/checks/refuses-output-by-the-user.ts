import { defineCheck } from '../../../src/authoring/define.ts'
import { judgeRefusal } from '../../../src/authoring/judge-refusal.ts'
import { PUBLISHED } from '../../common/answers.ts'
import { answerAnyway } from '../../common/refusals.ts'
import { outputByUserScenario } from '../scenarios/forms.ts'

export default defineCheck({
  id: 'message-style/refuses-output-by-the-user',
  title: 'An output_text part in a message of the user is refused',
  kind: 'wire',
  scenario: outputByUserScenario,
  covers: ['msg-wrong-part-for-role'],
  only: PUBLISHED,

  judge({ ask }) {
    return judgeRefusal('ask', ask, 'users have input_text, not output_text')
  },

  mutants: [
    {
      story: 'a lenient parser takes any text for any role',
      reply: answerAnyway,
    },
  ],
})
