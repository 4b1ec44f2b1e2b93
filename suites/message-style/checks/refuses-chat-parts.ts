import { defineCheck } from '../../../src/authoring/define.ts'
import { refuses } from '../../../src/authoring/refusal.ts'
import { PUBLISHED } from '../../common/answers.ts'
import { answersAnyway } from '../../common/refusals.ts'
import { chatPart } from '../scenarios/forms.ts'

export default defineCheck({
  id: 'message-style/refuses-chat-parts',
  title: 'A part in the spelling of Chat Completions is refused, not dropped',
  kind: 'wire',
  scenario: chatPart,
  covers: ['msg-unknown-part-type'],
  only: PUBLISHED,

  judge({ ask }) {
    return refuses('ask', ask, 'there is no part of type "text"')
  },

  mutants: [
    {
      story: 'a lenient parser skips the parts that it does not know',
      reply: answersAnyway,
    },
  ],
})
