import { expect, test } from 'vitest'
import { loadContract } from '../../../src/contract/file/load.ts'
import type { WireRequest } from '../../../src/types/index.ts'

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
