import { defineCheck, mapJson, verdictOf } from '../../../src/authoring/define.ts'
import { field, show } from '../../../src/authoring/read.ts'
import type { Finding, Json } from '../../../src/types/index.ts'
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

  mutant: {
    story: 'a server calls a conversation by the name of its own table',
    reply: (reply, { path }) =>
      path === '/conversations' ? mapJson(reply, (body) => ({ ...body, object: 'thread' })) : reply,
  },
})
