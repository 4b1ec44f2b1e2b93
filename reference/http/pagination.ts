// Pages of lists: limit, order, cursor.

import type { Json } from '../../src/types/index.ts'
import type { StoredItem } from '../store.ts'
import { createBadRequest } from '../api-error.ts'
import { checkValue } from '../validate/rules.ts'
import { clipText } from '../json.ts'
import { pageLimitRule } from '../validate/item-rules.ts'

export function pageOf(items: readonly StoredItem[], query: URLSearchParams): Json {
  const limit = readLimit(query.get('limit'))
  const order = query.get('order') ?? 'desc'
  if (order !== 'asc' && order !== 'desc') {
    throw createBadRequest(
      'invalid_value',
      'order',
      `Invalid value: '${clipText(order)}'. Supported values are: 'asc' and 'desc'.`,
    )
  }
  const ordered = order === 'asc' ? items : items.toReversed()
  const start = after(ordered, query.get('after'))
  const data = ordered.slice(start, start + limit)
  return {
    object: 'list',
    data,
    first_id: data[0]?.id ?? null,
    has_more: start + limit < ordered.length,
    last_id: data.at(-1)?.id ?? null,
  }
}

function readLimit(given: string | null): number {
  if (given === null) return 20
  const limit = /^-?\d+$/.test(given) ? Number(given) : given
  checkValue(limit, pageLimitRule, 'limit')
  return Number(limit)
}

function after(items: readonly StoredItem[], id: string | null): number {
  if (id === null) return 0
  const at = items.findIndex((item) => item.id === id)
  if (at >= 0) return at + 1
  throw createBadRequest(
    'invalid_value',
    'after',
    `Item with id '${clipText(id)}' not found in this list.`,
  )
}
