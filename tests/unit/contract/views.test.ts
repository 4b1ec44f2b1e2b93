import { describe, expect, test } from 'vitest'
import { loadContract, loadContracts } from '../../../src/contract/file/load.ts'
import { exchangeOf } from '../../../src/contract/samples.ts'
import { events, isStream } from '../../../src/authoring/read.ts'
import type { JsonObject } from '../../../src/types/index.ts'
import { YARDSTICK, createContract } from './documents.ts'

const small = createContract()
const find = <T extends { readonly at: string }>(list: readonly T[], at: string) =>
  list.find((one) => one.at === at)

describe('flattened views', () => {
  test('parameters have their types, limits, values and defaults', () => {
    expect(find(small.parameters, '/temperature')).toMatchObject({
      types: ['number'],
      required: false,
      minimum: 0,
      maximum: 2,
      default: 1,
    })
    expect(find(small.parameters, '/model')).toMatchObject({ required: true, types: ['string'] })
    expect(find(small.parameters, '/input')?.types).toEqual(['string', 'array'])
    expect(find(small.parameters, '/effort')?.enum).toEqual(['low', 'high'])
  })

  test('the variants of a union are one list: their tags together, a field required where all require it', () => {
    expect(find(small.parameters, '/text/format/type')).toMatchObject({
      enum: ['text', 'json_schema'],
      required: true,
    })
    expect(find(small.parameters, '/input/*/role')?.enum).toEqual(['user', 'assistant'])
    expect(find(small.parameters, '/input/*/call_id')?.name).toBe('call_id')
  })

  test('response fields and events', () => {
    expect(find(small.responseFields, '/object')).toMatchObject({ const: 'response' })
    expect(find(small.responseFields, '/usage')?.types).toEqual(['object', 'null'])
    expect(find(small.responseFields, '/output/*/content/*/text')?.types).toEqual(['string'])
    expect(small.events.map(({ type }) => type)).toEqual([
      'response.output_text.delta',
      'response.completed',
      'response.failed',
    ])
  })

  test('a schema that contains itself ends', () => {
    const filter: JsonObject = {
      oneOf: [
        { type: 'object', properties: { type: { const: 'eq' } } },
        {
          type: 'object',
          properties: {
            type: { const: 'and' },
            filters: { type: 'array', items: { $ref: '#/components/schemas/InputItem' } },
          },
        },
      ],
    }
    const { schemas } = YARDSTICK['components'] as { schemas: JsonObject }
    const recursive = createContract({
      ...YARDSTICK,
      components: { schemas: { ...schemas, InputItem: filter } },
    })
    expect(find(recursive.parameters, '/input/*/filters/*/type')).toBeDefined()
    expect(find(recursive.parameters, '/input/*/filters/*/filters/*/filters')).toBeUndefined()
  })
})

describe('samples', () => {
  const stream = 'event: a\ndata: {"type":"a"}\n\nevent: b\ndata: {"type":"b"}\n\ndata: [DONE]'
  const document: JsonObject = {
    ...YARDSTICK,
    paths: {
      '/responses': {
        post: {
          operationId: 'create',
          'x-source': 'page',
          requestBody: {
            content: {
              'application/json': {
                examples: {
                  one: { value: { model: 'm' }, 'x-placeholders': ['/model'] },
                  asked: { value: { model: 'n' } },
                },
              },
            },
          },
          responses: {
            '200': {
              content: {
                'application/json; charset=utf-8': { examples: { one: { value: { id: 'r' } } } },
                'text/event-stream': {
                  examples: { text: { value: stream }, list: { value: [{ type: 'a' }] } },
                },
              },
            },
            '4XX': { content: { 'application/json': { examples: { wrong: { value: {} } } } } },
          },
        },
      },
    },
  }
  const samples = new Map(createContract(document).samples.map((one) => [one.name, one]))

  test('a request and an answer of one name belong together', () => {
    expect([...samples.keys()]).toEqual(['one', 'asked', 'text', 'list', 'wrong'])
    expect(samples.get('one')).toMatchObject({
      request: { model: 'm' },
      response: { id: 'r' },
      placeholders: ['/model'],
      source: 'page',
    })
  })

  test('become exchanges with the status of their answer; a request alone is none', () => {
    expect(exchangeOf(samples.get('asked')!)).toBeUndefined()
    expect(exchangeOf(samples.get('wrong')!)).toMatchObject({ status: 400 })
    const text = exchangeOf(samples.get('text')!)!
    expect(isStream(text)).toBe(true)
    expect(events(text).map(({ name }) => name)).toEqual(['a', 'b'])
    expect(events(exchangeOf(samples.get('list')!)!)).toHaveLength(1)
  })
})

describe('shipped contracts', () => {
  test('frames of a WebSocket are judged by their own schema', () => {
    const openai = loadContract('openai')
    const turn = {
      operation: 'create',
      method: 'POST',
      path: '/responses',
      transport: 'websocket',
    } as const
    const frame = { type: 'response.create', model: 'm', input: 'x' }
    expect(openai.requestFlaws({ ...turn, body: { json: frame } })).toEqual([])
    const { transport: _, ...http } = turn
    expect(openai.undocumented({ ...http, body: { json: frame } })).toEqual(['/type'])
  })

  test('a follower takes over shapes and neither operations, nor samples, nor claims', () => {
    for (const one of loadContracts().filter(
      (one) => one.followsOpenAI && one.kind === 'provider',
    )) {
      expect(one.parameters.length, one.id).toBeGreaterThan(100)
      expect(one.claim(['operation create-conversation']).status, one.id).not.toBe('documented')
      expect(one.claim(['request /top_logprobs']).status, one.id).not.toBe('documented')
      expect(one.events.length, one.id).toBeGreaterThan(10)
    }
  })
})
