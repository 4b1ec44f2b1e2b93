// The profiles of clients say what was captured and measured, and their requests can be sent.

import { expect, test } from 'vitest'
import { createBuiltInTarget } from '../../../src/run/built-in-provider.ts'
import { impactOf, isMeasuredHarmless, loadImpact } from '../../../src/clients/measured-impact.ts'
import {
  isDecisiveFor,
  collectProfiles,
  loadProfiles,
  MODES,
  type Mode,
} from '../../../src/clients/profile.ts'
import { renderTurn, turnsOf } from '../../../src/clients/requests.ts'
import { createRequestBuilder } from '../../../src/request/builder.ts'
import { readSpec } from '../../../src/base/read-specs.ts'
import type { Json, JsonObject } from '../../../src/types/index.ts'
import { NEEDS } from '../../../suites/clients/needs/index.ts'
import { TYPES } from '../../../suites/clients/needs/types.ts'
import { PROBES } from '../../../suites/clients/probes.ts'
import { createAnsweredExchange } from '../../exchange.ts'
import { modeOf } from '../../measure/mode-of-flow.ts'

const profiles = loadProfiles()
const target = createBuiltInTarget('openai', 'http://127.0.0.1:1/v1')

const CALLED = createAnsweredExchange({
  id: 'resp_1',
  output: [
    {
      type: 'reasoning',
      id: 'rs_1',
      summary: [],
      encrypted_content: 'sealed',
      status: 'completed',
    },
    { type: 'message', id: 'msg_1', role: 'assistant', status: 'completed', content: [] },
    {
      type: 'function_call',
      id: 'fc_1',
      call_id: 'call_1',
      name: 'f',
      arguments: '{}',
      status: 'completed',
    },
  ],
})

const builder = createRequestBuilder({
  target,
  contract: undefined,
  seed: 'profiles',
  // What was refused is asked again with fewer tools, and gone on from where it can be.
  prior: (turn) => (turn === 'text' ? { ...CALLED, status: 400 } : CALLED),
})

function bodyOf(client: string, mode: Mode, turn: Parameters<typeof renderTurn>[2]): JsonObject {
  const profile = profiles.find(({ id }) => id === client)!
  const { body } = renderTurn(profile, mode, turn, builder)
  return (body as { json: JsonObject }).json
}

test('every need and every probe of a profile exists, and each is used', () => {
  const needs = profiles.flatMap(({ modes }) =>
    MODES.flatMap((mode) => Object.keys(modes[mode]?.needs ?? {})),
  )
  const known = [...NEEDS.map(({ id }) => id), TYPES]
  expect(needs.filter((need) => !known.includes(need))).toEqual([])
  expect(known.filter((need) => !needs.includes(need))).toEqual([])
  const probes = profiles.flatMap(({ probes }) => probes)
  expect([...new Set(probes)].toSorted()).toEqual(PROBES.map(({ id }) => id).toSorted())
})

test('what a client needs is what was measured', () => {
  const { clients, needs } = loadImpact()
  for (const profile of profiles.filter(({ id }) => id in clients)) {
    for (const mode of MODES) {
      if (profile.modes[mode] === undefined) continue
      const measured = Object.entries(needs).flatMap(([need, byClient]) => {
        const effect = modeOf(profile.id, byClient[profile.id], mode)
        return effect === 'works' ? [] : [[need, effect] as const]
      })
      expect(profile.modes[mode].needs, `${profile.id} ${mode}`).toEqual(
        Object.fromEntries(measured),
      )
    }
  }
})

test('no request holds a placeholder, and every one asks the model under test', () => {
  for (const profile of profiles) {
    for (const mode of Object.keys(profile.modes) as Mode[]) {
      for (const turn of turnsOf(profile, mode)) {
        const body = bodyOf(profile.id, mode, turn)
        expect(
          JSON.stringify(body).match(/<(text of|prompt|nonce|uuid|id|hex32|word)\b/)?.[0],
          `${profile.id} ${mode} ${turn}`,
        ).toBeUndefined()
        expect(body['model']).toBe('reference')
      }
    }
  }
})

test('a client that is set up to send fewer tools sends fewer', () => {
  const types = (turn: 'text' | 'trimmed'): unknown =>
    (bodyOf('codex', 'stream', turn)['tools'] as readonly JsonObject[]).map(({ type }) => type)
  expect(types('text')).toEqual(expect.arrayContaining(['namespace', 'web_search']))
  expect(new Set(types('trimmed') as string[])).toEqual(new Set(['function']))
})

test('what a client sends changes with a model that it knows', () => {
  const known = createRequestBuilder({
    target: { ...target, models: { text: 'gpt-5.5' } },
    contract: undefined,
    seed: 'profiles',
    prior: () => CALLED,
  })
  const codex = profiles.find(({ id }) => id === 'codex')!
  const { body } = renderTurn(codex, 'stream', 'object', known)
  const { text, reasoning, tools } = (body as { json: JsonObject }).json
  expect(text).toMatchObject({ verbosity: 'low', format: { type: 'json_schema' } })
  expect(reasoning).toEqual({ effort: 'medium' })
  const types = (tools as readonly JsonObject[]).map(({ type }) => type)
  expect(types).toEqual(expect.arrayContaining(['custom', 'tool_search']))
  expect(types).not.toContain('namespace')
})

test('requests are as long as those that were captured', () => {
  for (const { id, bytes } of profiles) {
    if (bytes === undefined) continue
    const length = JSON.stringify(bodyOf(id, 'stream', 'tools')).length
    expect(length / bytes, id).toBeGreaterThan(0.95)
    expect(length / bytes, id).toBeLessThan(1.05)
  }
})

test('items come back as each client returns them', () => {
  const inputs = (client: string): readonly Json[] =>
    (bodyOf(client, 'stream', 'results')['input'] as readonly Json[]).slice(-4)
  const [reasoning, , call, output] = inputs('codex')
  expect(reasoning).toMatchObject({ content: null, encrypted_content: 'sealed', summary: [] })
  expect(reasoning).not.toHaveProperty('status')
  expect(call).toMatchObject({ id: 'fc_1', status: 'completed' })
  expect(output).toMatchObject({
    call_id: 'call_1',
    id: expect.stringMatching(/^fco_[\da-f-]{36}$/),
  })
  expect(inputs('ai-sdk-openai')).toMatchObject([
    { type: 'item_reference', id: 'rs_1' },
    { type: 'item_reference', id: 'msg_1' },
    { type: 'function_call', call_id: 'call_1' },
    { type: 'function_call_output' },
  ])
  expect(inputs('agents').at(-1)).toMatchObject({ status: 'completed' })
  expect(inputs('agent-framework')).toMatchObject([{ type: 'function_call_output' }])
  expect(bodyOf('agent-framework', 'json', 'results')['previous_response_id']).toBe('resp_1')
  expect(bodyOf('pydantic-ai', 'json', 'again')['input']).toContainEqual({
    role: 'assistant',
    content: '',
  })
})

test('a failing check says which clients it breaks', () => {
  expect(impactOf('clients/codex/stream/completed')).toEqual([
    { client: 'codex', effect: 'throws' },
  ])
  expect(impactOf('clients/codex/stream/accepted')).toEqual([{ client: 'codex', effect: 'throws' }])
  expect(impactOf('no/such-check')).toBeUndefined()
  expect(isMeasuredHarmless('no/such-check')).toBe(false)
})

test('a client is decided by its own checks and the probes of what it sends', () => {
  expect(isDecisiveFor('codex', 'clients/codex/stream/completed')).toBe(true)
  expect(isDecisiveFor('codex', 'clients/probes/namespace-tool')).toBe(true)
  expect(isDecisiveFor('langchain', 'clients/probes/namespace-tool')).toBe(false)
  expect(isDecisiveFor('codex', 'clients/openai-7/stream/completed')).toBe(false)
  expect(isDecisiveFor('codex', 'basic/has-an-id')).toBe(false)
})

test('a mistake in a profile is told with its place and what to write', () => {
  const file = 'clients/codex-0.169.0.yaml'
  const right = readSpec(file) as JsonObject
  const wrong = {
    ...right,
    tools: 'none',
    version: '1',
    colour: 'red',
    modes: {
      stream: { body: {}, needs: { completed: 'explodes' } },
      batch: { body: {}, needs: {} },
    },
  }
  const tell = (): unknown => collectProfiles([{ file, content: wrong as Json }])
  expect(tell).toThrow('/tools: "none"; write a list')
  expect(tell).toThrow('/colour: an unknown key')
  expect(tell).toThrow('/version: 1; name the file <client>-<version>.yaml')
  expect(tell).toThrow('/modes/stream/needs/completed: "explodes"; write one of degraded')
  expect(tell).toThrow('/modes/batch: an unknown mode')
})
