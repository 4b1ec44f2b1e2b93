// No false accusation: what is legal is never red, what is a model's choice or a machine's bad day
// neither; and the least that works for every client fails only what OpenAI's schema requires.

import { expect, test } from 'vitest'
import { startReference } from '../../../reference/main.ts'
import { createBuiltInTarget } from '../../../src/run/built-in-provider.ts'
import type { Selection } from '../../../src/plan/selection.ts'
import type { Json, Mutation, Verdict, Yardstick } from '../../../src/types/index.ts'
import { askTarget } from '../../prove.ts'
import { MOODS, WEATHER } from './moods.ts'
import { LEAN, LEGAL } from './variations.ts'

const KEYS = ['reference-key-of-the-first-account', 'reference-key-of-the-second-account']

async function failing(
  mutation: Mutation,
  selection: Selection,
  yardstick: Yardstick = 'openai',
): Promise<{ readonly red: readonly string[]; readonly passed: number }> {
  process.env['RESPONSES_CONFORMANCE_REFERENCE_KEY'] = KEYS[0]
  process.env['RESPONSES_CONFORMANCE_REFERENCE_SECOND_KEY'] = KEYS[1]
  // By the other yardstick the reference speaks the other dialect: it ends its streams with [DONE].
  const dialect = yardstick === 'open-responses' ? 'open-responses' : 'openai'
  const server = await startReference({ keys: KEYS, mutant: mutation, dialect })
  try {
    const target = createBuiltInTarget(dialect, server.url, { suite: ['clients'] })
    const asked = await askTarget({ ...target, yardsticks: [yardstick] }, selection)
    const verdicts = await Promise.all(asked.cases.map((planned) => asked.decide(planned)))
    await asked.close()
    const rows = verdicts.flat()
    return {
      red: rows.filter(({ outcome }) => outcome === 'fail').map(told),
      passed: rows.filter(({ outcome }) => outcome === 'pass').length,
    }
  } finally {
    await server.close()
  }
}

test.each(Object.entries(LEGAL))('%s: legal, and not red', async (_, mutation) => {
  const { red, passed } = await failing(mutation, {})
  expect(red).toEqual([])
  expect(passed).toBeGreaterThan(300)
})

/** What OpenAI's schema or reference requires and no measured client reads, as the checks say it. */
const LEFT_OUT: readonly string[] = [
  'basic/fields/instructions',
  'basic/fields/metadata',
  'basic/fields/parallel_tool_calls',
  'basic/fields/temperature',
  'basic/fields/tool_choice',
  'basic/fields/tools',
  'basic/fields/top_p',
  'basic/no-error-on-success',
  'basic/says-why-incomplete',
  'common/matches-schema',
  'lifecycle/background-returns-at-once',
  'parameters/include-alone-brings-logprobs',
  'parameters/logprobs-make-up-the-text',
  'reasoning/encrypts-its-content',
  'reasoning/shapes-reasoning-items',
  'reasoning/takes-its-reasoning-back',
  'streaming/closes-parts',
  'streaming/lists-logprobs',
  'streaming/numbers-its-events',
  'streaming/seals-finished-thoughts',
  'streaming/streams-a-custom-call',
  'streaming/streams-custom-input',
  'streaming/streams-refusals',
  'streaming/streams-summaries-in-order',
  'tool/calls-inside-a-namespace',
  'tool/custom-call-is-used',
  'usage/is-whole',
]

test('the least that works for every client fails only what the schema requires', async () => {
  const { red } = await failing(LEAN, {})
  expect([...new Set(red.map((line) => line.split(' ')[0]))].toSorted()).toEqual(LEFT_OUT)
})

test.each(Object.entries(MOODS))('a model that %s accuses nobody', async (_, mutation) => {
  const { red } = await failing(mutation, { suites: 'all' })
  expect(red.filter((line) => !HEARD_WRONG.test(line))).toEqual([])
})

/** What is heard is changed: it is stored like this too, and mistakes in it are gone before anybody looks. */
const HEARD_WRONG =
  /^(lifecycle\/lists-what-was-said|(file|image)\/refuses-\S+|message-style\/refuses-chat-parts) /

test.each(Object.entries(WEATHER))('a provider that %s is not accused', async (_, mutation) => {
  const suites = ['auth', 'basic', 'errors', 'lifecycle', 'parameters', 'tool', 'transport']
  const { red } = await failing(mutation, { suites })
  expect(red).toEqual([])
})

const UPSTREAM = { error: { message: 'upstream timed out', type: 'gateway_error' } }

test.each<[string, Json, Yardstick]>([
  ['null', null, 'open-responses'],
  ['the error of an upstream', UPSTREAM, 'openai'],
])(
  'a provider that answers %s, and status 200, is accused of that alone',
  async (_, json, yardstick) => {
    const { red } = await failing(
      {
        reply: (reply, { path }) =>
          path.endsWith('/responses') && 'json' in reply.body
            ? { ...reply, status: 200, body: { json } }
            : reply,
      },
      { suites: 'all' },
      yardstick,
    )
    const checks = [...new Set(red.map((line) => line.split(' ')[0]!))]
    expect(checks.filter((check) => !SAYS_NO_ANSWER.test(check))).toEqual([])
  },
)

/** Who says that the answer is none, and what clients make of it. */
const SAYS_NO_ANSWER = /^(\w|-)+\/accepted$|^common\/|^clients\//

test('what documents do not know may fail, by them', async () => {
  const error = { message: 'GET is not supported here', type: 'api_error', param: null, code: null }
  const { red } = await failing(
    {
      reply: (reply, { method, path }) =>
        method === 'POST' && !path.endsWith('/cancel')
          ? reply
          : { ...reply, status: 500, body: { json: { error } } },
    },
    { suites: ['lifecycle'] },
    'open-responses',
  )
  expect(red).toEqual([])
})

test('an endpoint that asks nobody for a key is not accused', async () => {
  const admitted: Mutation = {
    reply: (reply, { path }) =>
      reply.status !== 401
        ? reply
        : path.endsWith('/responses')
          ? { ...reply, status: 200, body: { json: ANY_ANSWER } }
          : { ...reply, status: 200, body: { json: {} } },
  }
  const { red } = await failing(admitted, { suites: ['auth'] })
  expect(red).toEqual([])
})

const ANY_ANSWER = { id: 'resp_0', object: 'response', status: 'completed', output: [] }

function told({ check, scenario, findings: [first] }: Verdict): string {
  return `${check} ${scenario} ${first?.at}: expected ${first?.expected}, got ${first?.actual}`
}
