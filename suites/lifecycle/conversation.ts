// Scenarios of conversations.

import { defineScenario, idOf, needed } from '../../src/authoring/define.ts'
import { field } from '../../src/authoring/read.ts'
import { ASK_WORD, choice, decoys, variant } from '../../src/authoring/code-word.ts'
import type {
  Exchange,
  Json,
  JsonObject,
  Kit,
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

function said(kit: Kit, text: string): JsonObject {
  return kit.message('user', [{ type: 'input_text', text }])
}

function begin(kit: Kit): WireRequest {
  return call('create-conversation', 'POST', '/conversations', {
    metadata: { run: kit.nonce },
    items: [
      said(kit, `The code word is ${kit.nonce}.`),
      said(kit, `An older code word was ${variant(kit.nonce, 1)}; do not use it.`),
    ],
  })
}

/** The `id` of a JSON body. */
export function bodyId({ body }: Exchange): Json | undefined {
  return body.kind === 'json' ? field(body.value, '/id') : undefined
}

function madeId(of: Exchange): string {
  return String(needed(bodyId(of), 'id'))
}

function path(of: Exchange, rest = ''): string {
  return `/conversations/${encodeURIComponent(madeId(of))}${rest}`
}

function ask(kit: Kit, conversation: string | JsonObject): WireRequest {
  return kit.ask(`Look at the first message of all. ${ASK_WORD}`, {
    conversation,
    ...choice(kit, [...decoys(kit.nonce), kit.nonce]),
  })
}

export const conversation = defineScenario<
  'begin' | 'ask' | 'listed' | 'asObject' | 'both' | 'unknown'
>({
  id: 'lifecycle/conversation',
  title: 'Responses that belong to a conversation',
  hinges: [CONVERSATIONS, CONVERSATION],
  tier: 'feature',
  needs: ['expensive'],
  fresh: true,
  steps: {
    begin: {
      request: (kit) =>
        call('create-conversation', 'POST', '/conversations', {
          items: [said(kit, `The code word is ${kit.nonce}.`)],
        }),
      expect: 'success',
    },
    ask: { request: (kit) => ask(kit, madeId(kit.prior('begin'))), expect: 'success' },
    listed: {
      request: (kit) =>
        call('list-conversation-items', 'GET', path(kit.prior('begin'), '/items'), undefined, [
          ['order', 'asc'],
        ]),
      expect: 'success',
    },
    asObject: { request: (kit) => ask(kit, { id: madeId(kit.prior('begin')) }), expect: 'success' },
    both: {
      request: (kit) =>
        kit.ask('Reply with the single word: ready.', {
          conversation: madeId(kit.prior('begin')),
          previous_response_id: idOf(kit.prior('ask')),
        }),
      expect: 'refusal',
    },
    unknown: {
      request: (kit) =>
        kit.ask('Reply with the single word: ready.', {
          conversation: `conv_${kit.nonce.replaceAll('-', '').toLowerCase()}`,
        }),
      expect: 'refusal',
    },
  },
})

export const kept = defineScenario<
  'begin' | 'read' | 'update' | 'updated' | 'add' | 'one' | 'listed' | 'drop' | 'remove' | 'gone'
>({
  id: 'lifecycle/conversation-kept',
  title: 'A conversation that is created, changed and deleted',
  hinges: [CONVERSATIONS],
  tier: 'feature',
  needs: ['expensive'],
  fresh: true,
  steps: {
    begin: { request: begin, expect: 'success' },
    read: {
      request: (kit) => call('retrieve-conversation', 'GET', path(kit.prior('begin'))),
      expect: 'success',
    },
    update: {
      request: (kit) =>
        call('update-conversation', 'POST', path(kit.prior('begin')), {
          metadata: { topic: 'changed' },
        }),
      expect: 'success',
    },
    updated: {
      request: (kit) => call('retrieve-conversation', 'GET', path(kit.prior('begin'))),
      expect: 'success',
    },
    add: {
      request: (kit) =>
        call('create-conversation-items', 'POST', path(kit.prior('begin'), '/items'), {
          items: [said(kit, variant(kit.nonce, 2))],
        }),
      expect: 'success',
    },
    listed: {
      request: (kit) =>
        call('list-conversation-items', 'GET', path(kit.prior('begin'), '/items'), undefined, [
          ['order', 'asc'],
        ]),
      expect: 'success',
    },
    one: {
      request: (kit) =>
        call('retrieve-conversation-item', 'GET', itemPath(kit.prior('begin'), kit.prior('add'))),
      expect: 'success',
    },
    drop: {
      request: (kit) =>
        call('delete-conversation-item', 'DELETE', itemPath(kit.prior('begin'), kit.prior('add'))),
      expect: 'success',
    },
    remove: {
      request: (kit) => call('delete-conversation', 'DELETE', path(kit.prior('begin'))),
      expect: 'success',
    },
    gone: {
      request: (kit) => call('retrieve-conversation', 'GET', path(kit.prior('begin'))),
      expect: 'refusal',
    },
  },
})

function itemPath(of: Exchange, added: Exchange): string {
  const id = added.body.kind === 'json' ? field(added.body.value, '/data/0/id') : undefined
  return path(of, `/items/${encodeURIComponent(String(needed(id, 'id')))}`)
}

export const crowded = defineScenario({
  id: 'lifecycle/conversation-crowded',
  title: 'A conversation that begins with 21 items',
  hinges: [CONVERSATIONS],
  tier: 'feature',
  needs: ['expensive'],
  steps: {
    begin: {
      request: (kit) =>
        call('create-conversation', 'POST', '/conversations', {
          items: Array.from({ length: 21 }, (_, index) => said(kit, String(index))),
        }),
      expect: 'refusal',
      invalidAt: '/items',
    },
  },
})
