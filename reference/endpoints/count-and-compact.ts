// The endpoints about the context window: counting it and compacting it.

import type { JsonObject } from '../../src/types/index.ts'
import { newItemId, newId } from '../ids.ts'
import type { VisibleContext } from '../model/visible-context.ts'
import { readContext } from '../model/visible-context.ts'
import { countTokens } from '../model/tokenizer.ts'
import { createBadRequest } from '../api-error.ts'
import { readInput } from '../create/input-to-stored-items.ts'
import { conversationOf, historyOf, inputTokensOf, modelOf } from '../create/create-response.ts'
import { createUsageObject } from '../create/response-object.ts'
import type { RouteAnswer, RouteCall, Route } from '../http/router.ts'
import { createJsonAnswer } from '../http/router.ts'
import { encryptContent, decryptContent } from '../create/encrypted-content.ts'
import type { PartPlaces } from '../input/read-parts.ts'
import { createInputReader } from '../input/read-parts.ts'
import type { Account, StoredItem } from '../store.ts'
import { compactFields, inputTokensFields } from '../validate/request-fields.ts'
import {
  checkBody,
  checkExclusive,
  checkFormat,
  checkModel,
  checkTools,
} from '../validate/check-request-and-tools.ts'

export const windowRoutes: readonly Route[] = [
  { method: 'POST', path: '/responses/input_tokens', handler: count },
  { method: 'POST', path: '/responses/compact', handler: compact },
]

async function count({ request, account, provider }: RouteCall): Promise<RouteAnswer> {
  const body = checkBody(request.body, inputTokensFields[provider.dialect])
  if (body['model'] !== undefined) modelOf(body, provider)
  checkExclusive(body)
  checkFormat(body)
  checkTools(body)
  const { seen } = await windowOf(body, account)
  return createJsonAnswer({
    object: 'response.input_tokens',
    input_tokens: inputTokensOf(seen, body),
  })
}

async function compact({ request, account, provider }: RouteCall): Promise<RouteAnswer> {
  const body = checkBody(request.body, compactFields[provider.dialect])
  checkModel(body)
  modelOf(body, provider)
  if ((body['input'] ?? null) === null && (body['previous_response_id'] ?? null) === null) {
    throw createBadRequest(
      'missing_required_parameter',
      'input',
      "Missing required parameter: one of 'input' or 'previous_response_id' must be provided.",
    )
  }
  const { items, seen } = await windowOf(body, account)
  const memory: StoredItem = {
    id: newItemId('compaction'),
    type: 'compaction',
    encrypted_content: encryptContent(seen.text, account.name),
  }
  const users = items.filter((item) => item.type === 'message' && item['role'] === 'user')
  const usage = createUsageObject(
    {
      input: inputTokensOf(seen, body),
      cached: 0,
      output: Math.max(1, Math.ceil(countTokens(seen.text) / 8)),
      reasoning: 0,
    },
    provider.dialect,
  )
  const compaction = {
    id: newId('resp'),
    object: 'response.compaction',
    created_at: Math.floor(provider.now() / 1000),
    output: [...users, memory],
    usage,
  }
  return createJsonAnswer(compaction)
}

/** The items that a request would put before the model, and what it would see. */
async function windowOf(
  body: JsonObject,
  account: Account,
): Promise<{ readonly items: readonly StoredItem[]; readonly seen: VisibleContext }> {
  const places: PartPlaces = new WeakMap()
  const input = readInput(body['input'], account, places)
  const items = [...historyOf(body, account, conversationOf(body, account)), ...input]
  const instructions = typeof body['instructions'] === 'string' ? body['instructions'] : undefined
  const open = (sealed: string): string | undefined => decryptContent(sealed, account.name)
  return {
    items,
    seen: await readContext(instructions, items, createInputReader(account, places), open),
  }
}
