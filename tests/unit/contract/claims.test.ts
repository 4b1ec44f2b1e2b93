import { describe, expect, test } from 'vitest'
import { parseApiPath } from '../../../src/contract/api-path.ts'
import type { Json, JsonObject } from '../../../src/types/index.ts'
import { YARDSTICK, createContract } from './documents.ts'

const status = (document: JsonObject, ...apiPaths: string[]) =>
  createContract(document).claim(apiPaths).status

describe('derived from the schema', () => {
  test.each([
    ['request /temperature', 'documented'],
    ['request /temperature = 2', 'documented'],
    ['request /temperature = 3', 'silent'],
    ['request /stream = true', 'documented'],
    ['request /effort = high', 'documented'],
    ['request /effort = none', 'silent'],
    ['request /text/format/type = json_schema', 'documented'],
    ['request /text/format/type = json_object', 'silent'],
    ['request /text/format/strict', 'silent'],
    ['request /input = <string>', 'documented'],
    ['request /input = <object>', 'silent'],
    ['request /input/*/role = user', 'documented'],
    ['request /input/*/type = function_call_output', 'documented'],
    // An open object promises nothing about what is inside.
    ['request /tools', 'documented'],
    ['request /tools/*/type = function', 'silent'],
    ['response /usage/total_tokens', 'documented'],
    ['response /metadata/any', 'documented'],
    ['response /raw/anything', 'silent'],
    ['operation create', 'documented'],
    ['operation retrieve', 'silent'],
    ['stream sse', 'documented'],
    ['stream response.failed', 'documented'],
    ['promise openai-format', 'silent'],
  ])('%s is %s', (apiPath, expected) => {
    expect(status(YARDSTICK, apiPath)).toBe(expected)
  })

  test('the weakest hinge decides, and none is documented', () => {
    const claim = createContract().claim(['request /stream', 'request /tools/*/type = function'])
    expect(claim).toEqual({ status: 'silent', hinge: 'request /tools/*/type = function' })
    expect(createContract().claim([]).status).toBe('documented')
  })

  test('the source is the place in the schema', () => {
    expect(createContract().claim(['request /effort']).source).toBe(
      '#/components/schemas/CreateRequest/properties/effort',
    )
  })
})

describe('declared', () => {
  const claims: Json = [
    { at: 'request /tools', status: 'conditional', words: 'if supported', source: 'page' },
    { at: 'request /tools/*/type = mcp', status: 'denied', words: 'no mcp', source: 'page' },
    { at: 'request /*', status: 'conditional', words: 'others are forwarded', source: 'page' },
    { at: 'request /text', status: 'documented', words: 'a format', source: 'page' },
    { at: 'auth X-API-KEY', status: 'documented', words: 'X-API-KEY', source: 'page' },
  ]
  const document = { ...YARDSTICK, 'x-claims': claims }

  test.each([
    ['request /tools/*/type = function', 'conditional'],
    ['request /tools/*/type = mcp', 'denied'],
    ['request /stream', 'documented'],
    // That something is offered says nothing about what is inside.
    ['request /text/format/type = json_schema', 'documented'],
    ['request /text/format/type = grammar', 'inherited'],
    ['request /background', 'inherited'],
    ['auth x-api-key', 'documented'],
  ])('%s is %s', (apiPath, expected) => {
    expect(status(document, apiPath)).toBe(expected)
  })

  test('a denied hinge outweighs a silent one', () => {
    const apiPaths = ['response /raw/x', 'request /tools/*/type = mcp', 'request /stream']
    expect(createContract(document).claim(apiPaths)).toMatchObject({
      status: 'denied',
      words: 'no mcp',
    })
  })
})

test('x-follows: what only the yardstick names is taken over, what is stated is documented', () => {
  const follower: JsonObject = {
    openapi: '3.1.0',
    'x-follows': 'openai',
    'x-claims': [
      { at: 'promise openai-format', status: 'documented', words: 'Same format.', source: 'page' },
    ],
    paths: { '/responses': { post: { operationId: 'create' } } },
    components: {
      schemas: {
        CreateRequest: { properties: { top_k: { type: 'integer' }, temperature: null } },
      },
    },
  }
  expect(createContract(follower).claim(['request /effort = high'])).toMatchObject({
    status: 'inherited',
    hinge: 'request /effort = high',
    words: 'Same format.',
    source: 'page',
  })
  expect(status(follower, 'request /top_k')).toBe('documented')
  expect(status(follower, 'request /temperature')).toBe('silent')
  expect(createContract(follower).samples).toEqual([])
  expect(createContract(follower).parameters.map(({ at }) => at)).toContain('/top_k')
})

test('hinges that are not written like one are refused', () => {
  for (const apiPath of ['', 'request', 'request stream', 'auth /x', 'wish /x', 'response']) {
    expect(parseApiPath(apiPath)).toBeUndefined()
  }
  expect(parseApiPath('request /a~1b/* = 1')).toMatchObject({ steps: ['a/b', '*'], value: 1 })
})
