// Scenarios of conversations.

import { defineScenario, idOf, needed } from '../../src/authoring/define.ts'
import { field } from '../../src/authoring/read.ts'
import { idsOf } from './listing.ts'
import { encodeId } from '../common/requests.ts'
import { ASK_WORD, variantOf, wordFormatOf } from '../../src/authoring/code-word.ts'
import type {
  Exchange,
  Json,
  JsonObject,
  RequestBuilder,
  Operation,
  WireRequest,
} from '../../src/types/index.ts'

const CONVERSATIONS = 'operation create-conversation'
const CONVERSATION = 'request /conversation'

function call(
  operation: Operation,
  method: WireRequest['method'],
  path: string,
  json?: JsonObject,
  query: WireRequest['query'] = [],
): WireRequest {
  return { operation, method, path, query, ...(json === undefined ? {} : { body: { json } }) }
}

function said(builder: RequestBuilder, text: string): JsonObject {
  return builder.message('user', [{ type: 'input_text', text }])
}

function begin(builder: RequestBuilder): WireRequest {
  return call('create-conversation', 'POST', '/conversations', {
    metadata: { run: builder.nonce },
    items: [
      said(builder, `The code word is ${builder.nonce}.`),
      said(builder, `An older code word was ${variantOf(builder.nonce, 1)}; do not use it.`),
    ],
  })
}

/** The `id` of a JSON body. */
export function bodyIdOf({ body }: Exchange): Json | undefined {
  return body.kind === 'json' ? field(body.value, '/id') : undefined
}

function madeId(of: Exchange): string {
  return String(needed(bodyIdOf(of), 'id'))
}

function path(of: Exchange, rest = ''): string {
  return `/conversations/${encodeId(madeId(of))}${rest}`
}

function ask(builder: RequestBuilder, conversationScenario: string | JsonObject): WireRequest {
  return builder.createRequest(`Look at the first message of all. ${ASK_WORD}`, {
    conversation: conversationScenario,
    ...wordFormatOf(builder),
  })
}

export const conversationScenario = defineScenario<
  'begin' | 'ask' | 'listed' | 'asObject' | 'both'
>({
  id: 'lifecycle/conversation',
  title: 'Responses that belong to a conversation',
  apiPaths: [CONVERSATIONS, CONVERSATION],
  tier: 'feature',
  needs: ['expensive'],
  fresh: true,
  steps: {
    begin: {
      request: (builder) =>
        call('create-conversation', 'POST', '/conversations', {
          items: [said(builder, `The code word is ${builder.nonce}.`)],
        }),
      expect: 'success',
    },
    ask: { request: (builder) => ask(builder, madeId(builder.prior('begin'))), expect: 'success' },
    listed: {
      request: (builder) =>
        call('list-conversation-items', 'GET', path(builder.prior('begin'), '/items'), undefined, [
          ['order', 'asc'],
        ]),
      expect: 'success',
    },
    asObject: {
      request: (builder) => ask(builder, { id: madeId(builder.prior('begin')) }),
      expect: 'success',
    },
    both: {
      request: (builder) =>
        builder.createRequest('Reply with the single word: ready.', {
          conversation: madeId(builder.prior('begin')),
          previous_response_id: idOf(builder.prior('ask')),
        }),
      expect: 'refusal',
    },
  },
})

/** Needs no conversation: who drops the field answers. */
export const unknownConversationScenario = defineScenario<'begin' | 'unknown'>({
  id: 'lifecycle/conversation-unknown',
  title: 'A response that belongs to a conversation that does not exist',
  apiPaths: [CONVERSATION],
  tier: 'feature',
  steps: {
    begin: {
      request: () => call('create-conversation', 'POST', '/conversations', {}),
      expect: 'either',
    },
    unknown: {
      request: (builder) =>
        builder.createRequest('Reply with the single word: ready.', {
          conversation: `conv_${builder.nonce.replaceAll('-', '').toLowerCase()}`,
        }),
      expect: 'refusal',
    },
  },
})

export const keptConversationScenario = defineScenario<
  'begin' | 'read' | 'update' | 'updated' | 'add' | 'one' | 'listed' | 'drop' | 'remove' | 'gone'
>({
  id: 'lifecycle/conversation-kept',
  title: 'A conversation that is created, changed and deleted',
  apiPaths: [CONVERSATIONS],
  tier: 'feature',
  needs: ['expensive'],
  fresh: true,
  steps: {
    begin: { request: begin, expect: 'success' },
    read: {
      request: (builder) => call('retrieve-conversation', 'GET', path(builder.prior('begin'))),
      expect: 'success',
    },
    update: {
      request: (builder) =>
        call('update-conversation', 'POST', path(builder.prior('begin')), {
          metadata: { topic: 'changed' },
        }),
      expect: 'success',
    },
    updated: {
      request: (builder) => call('retrieve-conversation', 'GET', path(builder.prior('begin'))),
      expect: 'success',
    },
    add: {
      request: (builder) =>
        call('create-conversation-items', 'POST', path(builder.prior('begin'), '/items'), {
          items: [said(builder, variantOf(builder.nonce, 2))],
        }),
      expect: 'success',
    },
    listed: {
      request: (builder) =>
        call('list-conversation-items', 'GET', path(builder.prior('begin'), '/items'), undefined, [
          ['order', 'asc'],
        ]),
      expect: 'success',
    },
    one: {
      request: (builder) =>
        call(
          'retrieve-conversation-item',
          'GET',
          itemPath(builder.prior('begin'), builder.prior('add')),
        ),
      expect: 'success',
    },
    drop: {
      request: (builder) =>
        call(
          'delete-conversation-item',
          'DELETE',
          itemPath(builder.prior('begin'), builder.prior('add')),
        ),
      expect: 'success',
    },
    remove: {
      request: (builder) => call('delete-conversation', 'DELETE', path(builder.prior('begin'))),
      expect: 'success',
    },
    gone: {
      request: (builder) => call('retrieve-conversation', 'GET', path(builder.prior('begin'))),
      expect: 'refusal',
    },
  },
})

function itemPath(of: Exchange, added: Exchange): string {
  const id = added.body.kind === 'json' ? field(added.body.value, '/data/0/id') : undefined
  return path(of, `/items/${encodeId(String(needed(id, 'id')))}`)
}

export const pagedConversationScenario = defineScenario<'begin' | 'first' | 'second'>({
  id: 'lifecycle/conversation-pages',
  title: 'The items of a conversation, in pages',
  apiPaths: [CONVERSATIONS],
  tier: 'feature',
  steps: {
    begin: {
      request: (builder) =>
        call('create-conversation', 'POST', '/conversations', {
          items: TOLD_ITEMS.map((text) => said(builder, text)),
        }),
      expect: 'success',
    },
    first: {
      request: (builder) => listItems(builder.prior('begin'), [['limit', '2']]),
      expect: 'success',
    },
    second: {
      request: (builder) =>
        listItems(builder.prior('begin'), [
          ['limit', '2'],
          ['after', String(needed(idsOf(builder.prior('first')).at(-1), 'item with an id'))],
        ]),
      expect: 'success',
    },
  },
})

const TOLD_ITEMS = ['One.', 'Two.', 'Three.']

function listItems(of: Exchange, query: WireRequest['query']): WireRequest {
  return call('list-conversation-items', 'GET', path(of, '/items'), undefined, query)
}

export const crowdedConversationScenario = defineScenario({
  id: 'lifecycle/conversation-crowded',
  title: 'A conversation that begins with 21 items',
  apiPaths: [CONVERSATIONS],
  tier: 'feature',
  steps: {
    begin: {
      request: (builder) =>
        call('create-conversation', 'POST', '/conversations', {
          items: Array.from({ length: 21 }, (_, index) => said(builder, String(index))),
        }),
      expect: 'refusal',
      invalidAt: '/items',
    },
  },
})
