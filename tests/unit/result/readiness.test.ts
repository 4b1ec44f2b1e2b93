// One answer for each client and target, from rows alone.

import { expect, test } from 'vitest'
import { loadProfiles } from '../../../src/clients/profile.ts'
import { readinessOf } from '../../../src/result/client-readiness.ts'
import type { Finding, Readiness, TargetRecord, Verdict } from '../../../src/types/index.ts'

const target = { id: 'somewhere', name: 'Somewhere' } as TargetRecord

/** Every check of a client passes, except where it is said otherwise. */
function rows(client: string, ...others: readonly Partial<Verdict>[]): readonly Verdict[] {
  const { modes } = loadProfiles().find(({ id }) => id === client)!
  const passed = Object.entries(modes).flatMap(([mode, { needs }]) =>
    ['accepted', ...Object.keys(needs)].map((need) => row(`clients/${client}/${mode}/${need}`, {})),
  )
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

const finding = (step: string): Finding => ({
  step,
  at: '/events/3',
  expected: 'response.completed',
  actual: 'absent',
})

function ask(client: string, ...others: readonly Partial<Verdict>[]): Readiness {
  const answers = readinessOf([target], rows(client, ...others))
  expect(answers).toHaveLength(1)
  return answers[0]!
}

const fails = (check: string, step = 'tools'): Partial<Verdict> => ({
  check,
  outcome: 'fail',
  findings: [finding(step)],
})

test('a client works when everything that it needs is there', () => {
  expect(ask('codex')).toMatchObject({ client: 'codex', answer: 'works', reasons: [] })
})

test('a client breaks when it misses something in the only way it asks', () => {
  const { answer, reasons } = ask('codex', fails('clients/codex/stream/completed'))
  expect(answer).toBe('breaks')
  expect(reasons).toEqual(['it throws: at /events/3 response.completed was expected, absent came'])
})

test('a client that breaks in one of two ways has limits', () => {
  const { answer, reasons } = ask('openai-7', fails('clients/openai-7/stream/created-first'))
  expect(answer).toBe('limited')
  expect(reasons[0]).toMatch(/^streamed: it throws/)
})

test('what fails only where structured answers are asked is a limit', () => {
  expect(ask('codex', fails('clients/codex/stream/accepted', 'object')).answer).toBe('limited')
  expect(ask('codex', fails('clients/codex/stream/accepted', 'tools')).answer).toBe('breaks')
})

test('lost numbers of tokens are a limit, and so is a form that the client may send', () => {
  expect(ask('codex', fails('clients/codex/stream/usage-present')).answer).toBe('limited')
  const probe = fails('clients/probes/namespace-tool', 'probe')
  expect(ask('codex', probe)).toMatchObject({
    answer: 'limited',
    reasons: [/* one */ expect.any(String)],
  })
})

test('what could not be judged is unknown, never right or wrong', () => {
  const doubt: Partial<Verdict> = {
    check: 'clients/codex/stream/accepted',
    outcome: 'inconclusive',
    reason: 'rate-limited',
    note: 'HTTP 429 after all retries',
  }
  expect(ask('codex', doubt)).toMatchObject({
    answer: 'unknown',
    reasons: ['HTTP 429 after all retries'],
  })
  const [first, ...rest] = rows('codex')
  expect(readinessOf([target], [first!])[0]?.answer).toBe('unknown')
  expect(readinessOf([target], rest)[0]?.answer).toBe('unknown')
})

test('our own server in the shape of a vendor says nothing about that vendor', () => {
  const emulated = rows('codex').map((one): Verdict => ({ ...one, origin: 'emulated' }))
  expect(readinessOf([target], emulated)[0]?.answer).toBe('unknown')
})

test('a run that asked nothing as a client gives no answers', () => {
  expect(readinessOf([target], [row('basic/has-an-id', {})])).toEqual([])
})
