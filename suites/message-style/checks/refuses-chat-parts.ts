import { defineCheck } from '../../../src/authoring/define.ts'
import { judgeRefusal } from '../../../src/authoring/judge-refusal.ts'
import { PUBLISHED } from '../../common/answers.ts'
import { answerAnyway } from '../../common/refusals.ts'
import { chatPartScenario } from '../scenarios/forms.ts'

export default defineCheck({
  id: 'message-style/refuses-chat-parts',
  title: 'A part in the spelling of Chat Completions is refused, not dropped',
  kind: 'wire',
  scenario: chatPartScenario,
  covers: ['msg-unknown-part-type'],
  only: PUBLISHED,

  judge({ ask }) {
    return judgeRefusal('ask', ask, 'there is no part of type "text"')
  },

  mutants: [
    {
      story: 'a lenient parser skips the parts that it does not know',
      reply: answerAnyway,
    },
  ],
})
