import { defineCheck, mapBody } from '../../../src/authoring/define.ts'
import { judgeRefusal } from '../../../src/authoring/judge-refusal.ts'
import { crowdedConversationScenario } from '../conversation.ts'

export default defineCheck({
  id: 'lifecycle/limits-the-items-of-a-conversation',
  title: 'A conversation cannot begin with more than 20 items',
  kind: 'wire',
  scenario: crowdedConversationScenario,
  covers: ['conv-create-limit'],

  judge: ({ begin }) => judgeRefusal('begin', begin, 'items holds 21 items and may hold 20'),

  mutants: [
    {
      story: 'a server takes the first 20 items and drops the rest',
      request: (request) =>
        mapBody(request, (body) =>
          Array.isArray(body['items']) ? { ...body, items: body['items'].slice(0, 20) } : body,
        ),
    },
  ],
})
