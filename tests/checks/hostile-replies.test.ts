// No garbage makes a check throw: whatever came, it gets a judgement.

import { expect, test } from 'vitest'
import { loadContract } from '../../src/contract/file/load.ts'
import { decodeBody } from '../../src/transport/decode-body.ts'
import type { Exchange, Scenario, Step, WireRequest } from '../../src/types/index.ts'
import { listAllChecks } from '../prove.ts'

const EVENT =
  '{"type":"response.completed","response":{"output":[null,{"type":"message","content":"x"}]}}'

const BODIES: Readonly<Record<string, readonly [contentType: string, body: string]>> = {
  null: ['application/json', 'null'],
  'an empty array': ['application/json', '[]'],
  'an empty object': ['application/json', '{}'],
  'a string': ['application/json', '"text"'],
  nothing: ['application/json', ''],
  HTML: ['text/html', '<!doctype html><h1>502</h1>'],
  'a cut object': ['application/json', '{"id":"resp_1","output":[{"ty'],
  'numbers as strings': [
    'application/json',
    '{"created_at":"1","usage":{"input_tokens":"1"},"output":"none"}',
  ],
  'objects where arrays belong': [
    'application/json',
    '{"object":"response","output":{"0":{}},"error":[],"tools":{}}',
  ],
  'arrays of null': [
    'application/json',
    '{"object":"response","status":"completed","output":[null,[],7,{"type":null},{"type":"message","content":[null,{"type":"output_text","text":7}]},{"type":"function_call","arguments":{}},{"type":"reasoning","summary":null}],"usage":null}',
  ],
  'prototype keys': [
    'application/json',
    '{"__proto__":{"output":[]},"constructor":7,"output":[{"__proto__":null}]}',
  ],
  'deep nesting': ['application/json', '['.repeat(100_000) + ']'.repeat(100_000)],
  'a long text': [
    'application/json',
    JSON.stringify({
      object: 'response',
      output: [{ type: 'message', content: [{ type: 'output_text', text: 'x'.repeat(300_000) }] }],
    }),
  ],
  'an empty stream': ['text/event-stream', ''],
  'events that are not JSON': [
    'text/event-stream',
    'data: {\n\ndata: [DONE]\n\ndata: 7\n\ndata: null\n\n',
  ],
  'events without types': ['text/event-stream', 'data: {}\n\nevent: x\ndata: {"response":7}\n\n'],
  'events out of order': [
    'text/event-stream',
    `data: ${EVENT}\n\ndata: {"type":"response.created"}\n\ndata: ${EVENT}\n\n`,
  ],
  'deltas of the wrong type': [
    'text/event-stream',
    'data: {"type":"response.output_text.delta","delta":{},"output_index":"0","item_id":null}\n\ndata: {"type":"response.output_item.added","item":[]}\n\ndata: {"type":"response.output_item.done","item":null,"output_index":-1}\n\n',
  ],
}

const REQUEST: WireRequest = {
  operation: 'create',
  method: 'POST',
  path: '/responses',
  body: {
    json: { model: 'm', input: 'x', stream: true, tools: [{ type: 'function', name: 'f' }] },
  },
}

const SCENARIO: Scenario = {
  id: 'test/any',
  title: 'Any',
  apiPaths: [],
  tier: 'core',
  steps: { exchange: { request: () => REQUEST, expect: 'success' } },
}

const checks = await listAllChecks()
const openai = loadContract('openai')
const contracts = [openai, ...['open-responses', 'lemondata'].map(loadContract)]

test.each(Object.entries(BODIES))('%s', (_, [contentType, body]) => {
  const undecided: string[] = []
  for (const status of [200, 400, 500]) {
    for (const ending of ['complete', 'cut'] as const) {
      const headers = [['content-type', contentType]] as const
      const bytes = Buffer.from(body)
      const exchange: Exchange = {
        request: REQUEST,
        status,
        headers,
        ending,
        body: decodeBody({
          request: REQUEST,
          status,
          headers,
          bytes,
          chunks: [[0, 1]],
          ending,
          leftOpen: false,
        }),
      }
      // What other contracts say differently, they say of whole answers.
      const judging = status === 200 && ending === 'complete' ? contracts : [openai]
      for (const { check } of checks) {
        const scenario = check.scenario === 'every' ? SCENARIO : check.scenario
        const names = check.scenario === 'every' ? ['exchange'] : Object.keys(scenario.steps)
        const exchanges = Object.fromEntries(names.map((name) => [name, exchange]))
        for (const contract of judging) {
          const judgement = check.judge(exchanges, {
            contract,
            yardstick: 'openai',
            nonce: 'ZX7-00000000',
            scenario,
            expect: Object.values<Step>(scenario.steps)[0]?.expect ?? 'success',
          })
          if (typeof judgement.kind !== 'string') undecided.push(check.id)
        }
      }
    }
  }
  expect(undecided).toEqual([])
})
