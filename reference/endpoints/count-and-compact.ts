// The endpoints about the context window: counting it and compacting it.

import type { JsonObject } from '../../src/types/index.ts'
import { itemId, newId } from '../ids.ts'
import type { Seen } from '../model/visible-context.ts'
import { see } from '../model/visible-context.ts'
import { countTokens } from '../model/tokenizer.ts'
import { bad } from '../api-error.ts'
import { readInput } from '../create/read-input.ts'
import { conversationOf, historyOf, inputTokensOf, knownModel } from '../create/create-response.ts'
import { usageObject } from '../create/response-object.ts'
import type { Answer, Call, Route } from '../http/router.ts'
import { json } from '../http/router.ts'
import { seal, unseal } from '../create/encrypted-content.ts'
import type { Places } from '../input/read-parts.ts'
import { sensesOf } from '../input/read-parts.ts'
import type { Account, Item } from '../store.ts'
import { compactFields, inputTokensFields } from '../validate/request-fields.ts'
import {
  examineBody,
  examineExclusive,
  examineFormat,
  examineModel,
  examineTools,
} from '../validate/request-combinations.ts'

export const windowRoutes: readonly Route[] = [
  { method: 'POST', path: '/responses/input_tokens', handler: count },
  { method: 'POST', path: '/responses/compact', handler: compact },
]

async function count({ request, account, provider }: Call): Promise<Answer> {
  const body = examineBody(request.body, inputTokensFields[provider.dialect])
  if (body['model'] !== undefined) knownModel(body, provider)
  examineExclusive(body)
  examineFormat(body)
  examineTools(body)
  const { seen } = await windowOf(body, account)
  return json({ object: 'response.input_tokens', input_tokens: inputTokensOf(seen, body) })
}

async function compact({ request, account, provider }: Call): Promise<Answer> {
  const body = examineBody(request.body, compactFields[provider.dialect])
  examineModel(body)
  knownModel(body, provider)
  if ((body['input'] ?? null) === null && (body['previous_response_id'] ?? null) === null) {
    throw bad(
      'missing_required_parameter',
      'input',
      "Missing required parameter: one of 'input' or 'previous_response_id' must be provided.",
    )
  }
  const { items, seen } = await windowOf(body, account)
  const memory: Item = {
    id: itemId('compaction'),
    type: 'compaction',
    encrypted_content: seal(seen.text, account.name),
  }
  const users = items.filter((item) => item.type === 'message' && item['role'] === 'user')
  const usage = usageObject(
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
  return json(compaction)
}

/** The items that a request would put before the model, and what it would see. */
async function windowOf(
  body: JsonObject,
  account: Account,
): Promise<{ readonly items: readonly Item[]; readonly seen: Seen }> {
  const places: Places = new WeakMap()
  const input = readInput(body['input'], account, places)
  const items = [...historyOf(body, account, conversationOf(body, account)), ...input]
  const instructions = typeof body['instructions'] === 'string' ? body['instructions'] : undefined
  const open = (sealed: string): string | undefined => unseal(sealed, account.name)
  return { items, seen: await see(instructions, items, sensesOf(account, places), open) }
}
