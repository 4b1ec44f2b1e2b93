// One answer for each client and target, from rows alone.

import { expect, test } from 'vitest'
import { flowsOfClient } from '../../../src/clients/flows.ts'
import { loadProfiles } from '../../../src/clients/profile.ts'
import { readinessOf } from '../../../src/result/client-readiness.ts'
import type { Finding, Readiness, TargetRecord, Verdict } from '../../../src/types/index.ts'

const target = { id: 'somewhere', name: 'Somewhere' } as TargetRecord

/** Every check of a client passes, except where it is said otherwise. */
function rows(client: string, ...others: readonly Partial<Verdict>[]): readonly Verdict[] {
  const profile = loadProfiles().find(({ id }) => id === client)!
  const passed = [
    ...flowsOfClient(profile).map(({ id }) => row(`clients/${client}/${id}`, {})),
    ...Object.entries(profile.modes).flatMap(([mode, { needs }]) =>
      ['accepted', ...Object.keys(needs)].map((need) =>
        row(`clients/${client}/${mode}/${need}`, {}),
      ),
    ),
  ]
  const changed = new Map(others.map((other) => [other.check!, other]))
  const known = new Set(passed.map(({ check }) => check))
  return [
    ...passed.map((one) => ({ ...one, ...changed.get(one.check) })),
    ...others.filter(({ check }) => !known.has(check!)).map((other) => row(other.check!, other)),
  ]
}

function row(check: string, more: Partial<Verdict>): Verdict {
  return {
    target: 'somewhere',
    scenario: 'clients/scenario',
    check,
    yardstick: 'openai',
    origin: 'live',
    outcome: 'pass',
    level: 'must',
    requirements: [],
    attempts: { made: 1, passed: 1 },
    findings: [],
    evidence: {},
    ...more,
  }
}

const finding: Finding = {
  step: 'tools',
  at: '/events/3',
  expected: 'response.completed',
  actual: 'absent',
  breaks: [{ client: 'codex', effect: 'throws' }],
}

function ask(client: string, ...others: readonly Partial<Verdict>[]): Readiness {
  const answers = readinessOf([target], rows(client, ...others))
  expect(answers).toHaveLength(1)
  return answers[0]!
}

const fails = (check: string, more: Partial<Finding> = {}): Partial<Verdict> => ({
  check,
  outcome: 'fail',
  findings: [{ ...finding, ...more }],
})

test('a client works when it gets through all that it is used for', () => {
  expect(ask('codex')).toMatchObject({ client: 'codex', answer: 'works', reasons: [] })
  expect(ask('codex').flows?.map(({ flow, answer }) => `${flow} ${answer}`)).toEqual([
    'stream works',
    'stream-tools works',
    'structured works',
    'multi-turn works',
  ])
})

test('a program is of no use without its tool loop', () => {
  const { answer, reasons } = ask('codex', fails('clients/codex/stream-tools'))
  expect(answer).toBe('breaks')
  expect(reasons).toEqual([
    'its tool loop: it throws: response.completed should come, and nothing did',
  ])
})

test('what breaks in some flows is a limit, and is told once', () => {
  const { answer, reasons, flows } = ask(
    'openai-7',
    fails('clients/openai-7/stream'),
    fails('clients/openai-7/stream-tools'),
  )
  expect(answer).toBe('limited')
  expect(reasons).toHaveLength(1)
  expect(reasons[0]).toMatch(/^streamed text, streamed tools: it throws/)
  expect(flows?.filter((flow) => flow.answer === 'breaks')).toHaveLength(2)
})

test('a client that gets through nothing breaks, and what helps is told where it was seen to', () => {
  const refused = { at: 'status', actual: '400: unknown tool type namespace' }
  const flows = ['stream', 'stream-tools', 'structured', 'multi-turn']
  const all = flows.map((flow) => fails(`clients/codex/${flow}`, refused))
  expect(ask('codex', ...all)).toMatchObject({
    answer: 'breaks',
    reasons: ['its request is refused: 400: unknown tool type namespace'],
  })
  expect(ask('codex', ...all)).not.toHaveProperty('settings')
  const trimmed: Partial<Verdict> = { check: 'clients/codex/trimmed', outcome: 'pass' }
  expect(ask('codex', ...all, trimmed).settings).toEqual([
    'web_search = "disabled"',
    'features.multi_agent = false',
  ])
})

test('a loop without a call is broken, and nobody is accused of it', () => {
  const declined: Partial<Verdict> = {
    check: 'clients/codex/stream-tools',
    outcome: 'inconclusive',
    reason: 'model-declined',
    note: 'a call with echo tool-one was asked for, and no call came',
  }
  expect(ask('codex', declined)).toMatchObject({
    answer: 'breaks',
    reasons: [expect.stringMatching(/no call came: the model, or the endpoint$/)],
  })
})

test('lost numbers of tokens are a limit, in words of what is lost, and so is a form that it may send', () => {
  expect(ask('codex', fails('clients/codex/stream/usage-counted'))).toMatchObject({
    answer: 'limited',
    reasons: [
      expect.stringMatching(
        /^it never compacts a long conversation: response.completed should come/,
      ),
    ],
  })
  const probe = fails('clients/probes/tool-search-tool')
  expect(ask('codex', probe)).toMatchObject({
    answer: 'limited',
    reasons: [expect.stringMatching(/^a form that it may send: /)],
  })
  const known = { ...target, models: { text: 'gpt-5.5' } } as TargetRecord
  expect(readinessOf([known], rows('codex', probe))[0]?.reasons[0]).toMatch(
    /^a form that it sends with the model gpt-5.5: /,
  )
})

test('what could not be judged is unknown, never right or wrong', () => {
  const doubt: Partial<Verdict> = {
    check: 'clients/codex/stream',
    outcome: 'inconclusive',
    reason: 'rate-limited',
    note: 'HTTP 429 after all retries',
  }
  expect(ask('codex', doubt)).toMatchObject({
    answer: 'unknown',
    reasons: ['a plain question: not known: HTTP 429 after all retries'],
  })
  const [first] = rows('codex')
  expect(readinessOf([target], [first!])[0]).toMatchObject({
    answer: 'unknown',
    reasons: [expect.stringMatching(/: not known: --client codex asks it$/)],
  })
})

test('what the client itself did is said instead of what was derived', () => {
  const flows = ['stream', 'stream-tools', 'structured', 'multi-turn'].map((flow) => ({
    flow,
    what: flow,
    mode: 'stream' as const,
    answer: flow === 'structured' ? ('breaks' as const) : ('works' as const),
    isMeasured: true as const,
    ...(flow === 'structured' ? { reason: 'it threw SyntaxError' } : {}),
  }))
  const verdicts = rows('codex', fails('clients/codex/stream-tools'))
  const measured = { target: 'somewhere', client: 'codex', flows }
  expect(readinessOf([target], verdicts, [measured])[0]).toMatchObject({
    answer: 'limited',
    reasons: ['structured: it threw SyntaxError'],
    isMeasured: true,
  })
  // A flow that could not be run leaves what was derived.
  const unrun = flows.map((flow) =>
    flow.flow === 'stream-tools' ? { ...flow, answer: 'unknown' as const } : flow,
  )
  const partly = readinessOf([target], verdicts, [{ ...measured, flows: unrun }])[0]
  expect(partly).toMatchObject({ answer: 'breaks' })
  expect(partly).not.toHaveProperty('isMeasured')
})

test('our own server in the shape of a vendor says nothing about that vendor', () => {
  const emulated = rows('codex').map((one): Verdict => ({ ...one, origin: 'emulated' }))
  expect(readinessOf([target], emulated)[0]?.answer).toBe('unknown')
})

test('a run that asked nothing as a client gives no answers', () => {
  expect(readinessOf([target], [row('basic/has-an-id', {})])).toEqual([])
})
