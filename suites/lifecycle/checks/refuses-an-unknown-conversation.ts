import { defineCheck, mapBody, notShown, without } from '../../../src/authoring/define.ts'
import { judgeRefusal } from '../../../src/authoring/judge-refusal.ts'
import { bodyIdOf, unknownConversationScenario } from '../conversation.ts'

export default defineCheck({
  id: 'lifecycle/refuses-an-unknown-conversation',
  title: 'A conversation that does not exist is refused',
  kind: 'wire',
  scenario: unknownConversationScenario,
  covers: ['conv-unknown-404'],

  judge({ begin, unknown }) {
    if (bodyIdOf(begin) === undefined) return notShown('no conversation can be begun here')
    return judgeRefusal('unknown', unknown, 'there is no such conversation')
  },

  mutants: [
    {
      story: 'a gateway drops the conversation, and answers without it',
      request: (request) => mapBody(request, (body) => without(body, 'conversation')),
    },
  ],
})
