import { allOf, defineCheck, mapBody, without } from '../../../src/authoring/define.ts'
import { judgeRecall } from '../../../src/authoring/code-word.ts'
import { conversationScenario } from '../conversation.ts'

export default defineCheck({
  id: 'lifecycle/remembers-a-conversation',
  title: 'A response sees the items of its conversation, named by a string or by an object',
  kind: 'behavioural',
  scenario: conversationScenario,
  covers: ['conv-response-recall'],

  judge({ ask, asObject }, { nonce }) {
    const from = 'in the first item of the conversation'
    const [plain, object] = [
      judgeRecall('ask', ask, nonce, from),
      judgeRecall('asObject', asObject, nonce, from),
    ]
    return [plain, object].find(({ kind }) => kind === 'inconclusive') ?? allOf(plain, object)
  },

  mutants: [
    {
      story: 'conversation is accepted as a string, and ignored as an object',
      request: (request) =>
        mapBody(request, (body) =>
          typeof body['conversation'] === 'object' ? without(body, 'conversation') : body,
        ),
    },
    {
      story: 'conversation is accepted as an object, and ignored as a string',
      request: (request) =>
        mapBody(request, (body) =>
          typeof body['conversation'] === 'string' ? without(body, 'conversation') : body,
        ),
    },
  ],
})
