import { defineCheck, mapBody, without } from '../../../src/authoring/define.ts'
import { judgeRefusal } from '../../../src/authoring/judge-refusal.ts'
import { conversationScenario } from '../conversation.ts'

export default defineCheck({
  id: 'lifecycle/refuses-two-histories',
  title: 'conversation and previous_response_id together are refused',
  kind: 'wire',
  scenario: conversationScenario,
  covers: ['error-conflicting-state-params'],

  judge: ({ both }) =>
    judgeRefusal(
      'both',
      both,
      'conversation and previous_response_id exclude each other',
      '/previous_response_id',
    ),

  mutants: [
    {
      story: 'a gateway takes the first history that it finds',
      request: (request) =>
        mapBody(request, (body) =>
          'conversation' in body ? without(body, 'previous_response_id') : body,
        ),
    },
  ],
})
