import {
  allOf,
  defineCheck,
  mapBody,
  mapJson,
  verdictOf,
  without,
} from '../../../src/authoring/define.ts'
import { field, show } from '../../../src/authoring/read.ts'
import { judgeUnknown } from '../../../src/authoring/judge-refusal.ts'
import type { Exchange, Finding, Json } from '../../../src/types/index.ts'
import { bodyIdOf, keptConversationScenario } from '../conversation.ts'

export default defineCheck({
  id: 'lifecycle/changes-and-deletes-a-conversation',
  title: 'A conversation can be read, its metadata replaced, and it can be deleted',
  kind: 'wire',
  scenario: keptConversationScenario,
  covers: ['conv-crud'],

  judge({ begin, read, updated, remove, gone }, { nonce }) {
    return allOf(
      verdictOf([
        ...says('read', read, '/id', String(bodyIdOf(begin))),
        ...says('read', read, '/metadata', { run: nonce }),
        ...says('updated', updated, '/metadata', { topic: 'changed' }),
        ...says('remove', remove, '/object', 'conversation.deleted'),
        ...says('remove', remove, '/deleted', true),
      ]),
      judgeUnknown('gone', gone, 'the conversation was deleted'),
    )
  },

  mutants: [
    {
      story: 'new metadata is merged into the old instead of replacing it',
      reply: (reply, { path }) =>
        path.startsWith('/conversations/')
          ? mapJson(reply, (body) =>
              'metadata' in body
                ? { ...body, metadata: { run: 'old', ...(body['metadata'] as object) } }
                : body,
            )
          : reply,
    },
    {
      story: 'a conversation is read under the id of its row',
      reply: (reply, { method }) =>
        method === 'GET'
          ? mapJson(reply, (body) =>
              body['object'] === 'conversation' ? { ...body, id: 'row_1' } : body,
            )
          : reply,
    },
    {
      story: 'metadata is kept once it is changed, and forgotten when it comes at the beginning',
      request: (request) =>
        request.path === '/conversations'
          ? mapBody(request, (body) => without(body, 'metadata'))
          : request,
    },
    {
      story: 'what is deleted is still called a conversation',
      reply: (reply, { method }) =>
        method === 'DELETE'
          ? mapJson(reply, (body) =>
              body['object'] === 'conversation.deleted'
                ? { ...body, object: 'conversation' }
                : body,
            )
          : reply,
    },
    {
      story: 'a conversation is deleted later, and the answer says so',
      reply: (reply, { method }) =>
        method === 'DELETE'
          ? mapJson(reply, (body) => ('deleted' in body ? { ...body, deleted: false } : body))
          : reply,
    },
    {
      story: 'a deleted conversation can be read from a cache',
      reply: (reply, { method }) =>
        method === 'GET' && reply.status === 404
          ? {
              ...reply,
              status: 200,
              body: {
                json: { id: 'conv_0', object: 'conversation', created_at: 0, metadata: {} },
              },
            }
          : reply,
    },
  ],
})

function says(step: string, { body }: Exchange, at: string, expected: Json): readonly Finding[] {
  const actual = body.kind === 'json' ? field(body.value, at) : undefined
  if (show(actual) === show(expected)) return []
  return [{ step, at, expected: show(expected), actual: show(actual) }]
}
