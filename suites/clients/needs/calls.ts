// What a call of a function is made of.

import { without } from '../../../src/authoring/define.ts'
import { field, parse, sent } from '../../../src/authoring/read.ts'
import type { Json } from '../../../src/types/index.ts'
import { changeEverywhere } from './everywhere.ts'
import {
  BOTH,
  readItemsInOutput,
  isText,
  readPlacedItems,
  findFirstWrong,
  type ClientNeed,
} from './define-need.ts'

export const callNeeds: readonly ClientNeed[] = [
  {
    id: 'call-name',
    title: 'Each call names its function',
    in: BOTH,
    judge: (exchange, _, { reads }) =>
      findFirstWrong(readPlacedItems(exchange, 'function_call', reads), 'name', 'a name', isText),
    mutants: [
      {
        story: 'an adapter nests the name of a call, as Chat Completions does',
        reply: changeEverywhere(['function_call'], (item) => ({
          ...without(item, 'name'),
          function: { name: item['name'] ?? null },
        })),
      },
    ],
  },
  {
    id: 'known-calls',
    title: 'Calls are of functions that the client has',
    in: BOTH,
    judge(exchange, _, { reads }) {
      const tools = sent(exchange)?.['tools']
      const names = Array.isArray(tools)
        ? (tools as readonly Json[]).map((tool) => field(tool, '/name'))
        : []
      return findFirstWrong(
        readPlacedItems(exchange, 'function_call', reads),
        'name',
        'the name of a tool',
        (name) => name === undefined || names.includes(name),
      )
    },
    mutants: [
      {
        story: 'an adapter puts a prefix before the names of functions',
        reply: changeEverywhere(['function_call'], (item) => ({
          ...item,
          name: `default_api.${String(item['name'])}`,
        })),
      },
    ],
  },
  {
    id: 'call-id',
    title: 'Each call has a call_id',
    in: BOTH,
    judge: (exchange, _, { reads }) =>
      findFirstWrong(readPlacedItems(exchange, 'function_call', reads), 'call_id', 'an id', isText),
    mutants: [
      {
        story: 'an adapter knows one id for a call, not two',
        reply: changeEverywhere(['function_call'], (item) => without(item, 'call_id')),
      },
    ],
  },
  {
    id: 'call-ids-differ',
    title: 'Parallel calls have different call ids',
    in: BOTH,
    judge(exchange) {
      const taken = new Set<Json | undefined>()
      return findFirstWrong(
        readItemsInOutput(exchange, 'function_call'),
        'call_id',
        'an id of its own',
        (id) => {
          const isNew = id === undefined || !taken.has(id)
          taken.add(id)
          return isNew
        },
      )
    },
    mutants: [
      {
        story: 'an adapter gives all calls of a turn the same id',
        reply: changeEverywhere(['function_call'], (item) => ({ ...item, call_id: 'call_same' })),
      },
    ],
  },
  {
    id: 'arguments-text',
    title: 'Arguments are a string of JSON',
    in: BOTH,
    judge: (exchange, _, { reads }) =>
      findFirstWrong(
        readPlacedItems(exchange, 'function_call', reads).filter(({ place }) => place !== 'added'),
        'arguments',
        'a string of JSON',
        (value) => parse(value) !== undefined || value === '',
      ),
    mutants: [
      {
        story: 'an adapter writes arguments as an object',
        reply: changeEverywhere(['function_call'], (item) => ({
          ...item,
          arguments: parse(item['arguments']) ?? {},
        })),
      },
    ],
  },
]
