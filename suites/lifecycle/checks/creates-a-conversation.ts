import { defineCheck, mapJson, verdictOf, without } from '../../../src/authoring/define.ts'
import { field, show } from '../../../src/authoring/read.ts'
import type { Finding, Json, Mutation } from '../../../src/types/index.ts'
import { keptConversationScenario } from '../conversation.ts'

export default defineCheck({
  id: 'lifecycle/creates-a-conversation',
  title: 'A new conversation has an id, object "conversation", a time and its metadata',
  kind: 'wire',
  scenario: keptConversationScenario,
  covers: ['conv-create'],

  judge({ begin: { body } }, { nonce }) {
    const value = body.kind === 'json' ? body.value : undefined
    const finding = (
      at: string,
      expected: string,
      right: (value: Json | undefined) => boolean,
    ): readonly Finding[] => {
      const actual = field(value, at)
      return right(actual) ? [] : [{ step: 'begin', at, expected, actual: show(actual) }]
    }
    return verdictOf([
      ...finding('/id', 'a non-empty string', (id) => typeof id === 'string' && id !== ''),
      ...finding('/object', '"conversation"', (object) => object === 'conversation'),
      ...finding('/created_at', 'a time in seconds', Number.isInteger),
      ...finding('/metadata/run', show(nonce), (run) => run === nonce),
    ])
  },

  mutants: [
    {
      story: 'a server calls a conversation by the name of its own table',
      reply: (reply, { path }) =>
        path === '/conversations'
          ? mapJson(reply, (body) => ({ ...body, object: 'thread' }))
          : reply,
    },
    {
      story: 'a server counts its conversations and calls them by number',
      ...numberConversations(),
    },
    {
      story: 'a server writes times as ISO text',
      reply: (reply, { path }) =>
        path === '/conversations'
          ? mapJson(reply, (body) => ({
              ...body,
              created_at: new Date(Number(body['created_at'] ?? 0) * 1000).toISOString(),
            }))
          : reply,
    },
    {
      story: 'metadata is stored, and not part of the answer',
      reply: (reply, { path }) =>
        path === '/conversations' ? mapJson(reply, (body) => without(body, 'metadata')) : reply,
    },
  ],
})

/** Gives each conversation a number for its id, and finds it by that. */
function numberConversations(): Mutation {
  const ids: string[] = []
  const numberOf = (id: string): number => (ids.includes(id) ? ids.indexOf(id) : ids.push(id) - 1)
  return {
    request: (request) => ({
      ...request,
      path: request.path.replace(
        /^\/conversations\/(\d+)/,
        (_, number) => `/conversations/${ids[Number(number)]}`,
      ),
    }),
    reply: (reply) =>
      mapJson(reply, (body) =>
        body['object'] === 'conversation' ? { ...body, id: numberOf(String(body['id'])) } : body,
      ),
  }
}
