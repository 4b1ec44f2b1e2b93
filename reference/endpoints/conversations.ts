// The endpoints below `/conversations`.

import type { Json, JsonObject } from '../../src/types/index.ts'
import { newId } from '../ids.ts'
import { pageOf } from '../http/pagination.ts'
import { createNotFound } from '../api-error.ts'
import { readInput } from '../create/input-to-stored-items.ts'
import type { RouteAnswer, RouteCall, Route } from '../http/router.ts'
import { createJsonAnswer } from '../http/router.ts'
import { allow } from '../validate/rules.ts'
import { clipText } from '../json.ts'
import type { Conversation } from '../store.ts'
import { itemsRule, metadataRule } from '../validate/request-fields.ts'
import { checkBody } from '../validate/check-request-and-tools.ts'

export const conversationRoutes: readonly Route[] = [
  { method: 'POST', path: '/conversations', handler: post },
  { method: 'GET', path: '/conversations/*', handler: (call) => shown(find(call)) },
  { method: 'POST', path: '/conversations/*', handler: update },
  { method: 'DELETE', path: '/conversations/*', handler: remove },
  { method: 'POST', path: '/conversations/*/items', handler: addItems },
  { method: 'GET', path: '/conversations/*/items', handler: listItems },
  { method: 'GET', path: '/conversations/*/items/*', handler: getItem },
  { method: 'DELETE', path: '/conversations/*/items/*', handler: removeItem },
]

const shown = ({ id, createdAt, metadata }: Conversation): RouteAnswer =>
  createJsonAnswer({ id, object: 'conversation', created_at: createdAt, metadata })

function post({ request, account, provider }: RouteCall): RouteAnswer {
  const fields = {
    metadata: metadataRule,
    items: { ...itemsRule[provider.dialect], nullable: true },
  }
  const body = checkBody(request.body ?? {}, fields)
  const conversation: Conversation = {
    id: newId('conv'),
    createdAt: Math.floor(provider.now() / 1000),
    metadata: metadataOf(body),
    items: readInput(body['items'], account, new WeakMap()),
  }
  account.conversations.put(conversation.id, conversation, request.text.length)
  return shown(conversation)
}

function find({ account, ids }: RouteCall): Conversation {
  const conversation = account.conversations.get(ids[0] ?? '')
  if (conversation !== undefined) return conversation
  throw createNotFound(`Conversation with id '${clipText(ids[0] ?? '')}' not found.`)
}

function update(call: RouteCall): RouteAnswer {
  const conversation = find(call)
  const body = checkBody(call.request.body, { metadata: allow.required(metadataRule) })
  conversation.metadata = metadataOf(body)
  return shown(conversation)
}

function metadataOf(body: JsonObject): JsonObject {
  return (body['metadata'] as JsonObject | null | undefined) ?? {}
}

function remove(call: RouteCall): RouteAnswer {
  const { id } = find(call)
  call.account.conversations.drop(id)
  return createJsonAnswer({ id, object: 'conversation.deleted', deleted: true })
}

function addItems(call: RouteCall): RouteAnswer {
  const conversation = find(call)
  const fields = { items: allow.required(itemsRule[call.provider.dialect]) }
  const body = checkBody(call.request.body, fields)
  const added = readInput(body['items'], call.account, new WeakMap())
  conversation.items = [...conversation.items, ...added]
  for (const item of added) call.account.items.put(item.id, item, 200)
  const list: Json = {
    object: 'list',
    data: added,
    first_id: added[0]?.id ?? null,
    has_more: false,
    last_id: added.at(-1)?.id ?? null,
  }
  return createJsonAnswer(list)
}

function listItems(call: RouteCall): RouteAnswer {
  return createJsonAnswer(pageOf(find(call).items, call.request.query))
}

function getItem(call: RouteCall): RouteAnswer {
  const item = find(call).items.find(({ id }) => id === call.ids[1])
  if (item !== undefined) return createJsonAnswer(item)
  throw createNotFound(
    `Item with id '${clipText(call.ids[1] ?? '')}' not found in this conversation.`,
  )
}

function removeItem(call: RouteCall): RouteAnswer {
  const conversation = find(call)
  getItem(call)
  conversation.items = conversation.items.filter(({ id }) => id !== call.ids[1])
  return shown(conversation)
}
