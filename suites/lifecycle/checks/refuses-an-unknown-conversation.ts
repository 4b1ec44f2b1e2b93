import { defineCheck, mapBody, without } from '../../../src/authoring/define.ts'
import { judgeRefusal } from '../../../src/authoring/refusal.ts'
import { conversationScenario } from '../conversation.ts'

export default defineCheck({
  id: 'lifecycle/refuses-an-unknown-conversation',
  title: 'A conversation that does not exist is refused',
  kind: 'wire',
  scenario: conversationScenario,
  covers: ['conv-unknown-404'],

  judge: ({ unknown }) => judgeRefusal('unknown', unknown, 'there is no such conversation'),

  mutants: [
    {
      story: 'a conversation that cannot be found is left out',
      request: (request) =>
        mapBody(request, (body) =>
          String(body['conversation']).startsWith('conv_zx7')
            ? without(body, 'conversation')
            : body,
        ),
    },
  ],
})
