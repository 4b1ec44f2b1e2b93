import { expect, test } from 'vitest'
import { loadContract } from '../../../src/contract/file/load.ts'
import { createContract } from './documents.ts'
import type { Json, WireRequest } from '../../../src/types/index.ts'

function said(...roles: readonly string[]): WireRequest {
  const input = roles.map((role) => ({ type: 'message', role, content: 'Hello.' }))
  const json = { model: 'm', input }
  return { operation: 'create', method: 'POST', path: '/responses', body: { json } }
}

test('alternatives that share a type are told apart by their role, in any order', () => {
  const openai = loadContract('openai')
  expect(openai.requestFlaws(said('user', 'assistant', 'user'))).toEqual([])
  expect(openai.requestFlaws(said('assistant', 'user', 'assistant'))).toEqual([])
})

test('of several lists the one is meant that knows the entries', () => {
  const entry = (type: string) => ({
    type: 'object',
    required: ['text'],
    properties: { type: { type: 'string', enum: [type] }, text: { type: 'string' } },
  })
  const lists = ['input_text', 'output_text'].map((type) => ({
    type: 'array',
    items: { anyOf: [entry(type)] },
  }))
  const contract = createContract({
    openapi: '3.1.0',
    paths: {
      '/responses': {
        post: {
          operationId: 'create',
          requestBody: {
            content: {
              'application/json': { schema: { properties: { input: { anyOf: lists } } } },
            },
          },
        },
      },
    },
  })
  const flawsOf = (input: Json): readonly string[] => {
    const request = { operation: 'create', method: 'POST', path: '/responses' } as const
    return contract.requestFlaws({ ...request, body: { json: { input } } }).map(({ at }) => at)
  }
  expect(flawsOf([{ type: 'output_text', text: 'ready' }])).toEqual([])
  expect(flawsOf([{ type: 'output_text', text: 7 }])).toEqual(['/input/0/text'])
})
