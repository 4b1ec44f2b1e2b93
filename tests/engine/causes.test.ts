// One cause, one line: what differs from request to request does not tell causes apart.

import { expect, test } from 'vitest'
import { findCauses } from '../../src/result/causes.ts'
import type { Finding, Verdict } from '../../src/types/index.ts'

function failing(check: string, finding: Omit<Finding, 'step'>): Verdict {
  return {
    target: 'somebody',
    scenario: check,
    check,
    yardstick: 'openai',
    origin: 'live',
    outcome: 'fail',
    level: 'must',
    requirements: [],
    attempts: { made: 1, passed: 0 },
    findings: [{ step: 'ask', ...finding }],
    evidence: {},
  }
}

const titles = (...verdicts: readonly Verdict[]): readonly string[] =>
  findCauses(verdicts)
    .causes.map(({ title }) => title)
    .toSorted()

test('one refusal is one cause, whatever was asked', () => {
  const refused = (check: string, expected: string, actual: string): Verdict =>
    failing(check, { at: 'status', expected, actual })
  expect(
    titles(
      refused('a', 'a 2xx status', '404: "no route to /responses/resp_01HZX9"'),
      refused('b', 'an answer', 'answered 404: "no route to /responses/resp_7Q2KD4"'),
      refused('c', 'an answer', '400: "no such tool"'),
    ),
  ).toEqual(['answered 400: "no such tool"', 'answered 404: "no route to /responses/resp_…"'])
})

test('what should have been refused is a cause for each reason', () => {
  const taken = (check: string, because: string): Verdict =>
    failing(check, { at: 'status', expected: `a 4xx status, because ${because}`, actual: '200' })
  expect(titles(taken('a', 'it is too long'), taken('b', 'it is no tool'))).toHaveLength(2)
})

test('what rests on something that fails is part of that failure', () => {
  const scenarios = {
    chained: { title: '', feature: 'a', rests: { next: 'a/is-heard' } },
    other: { title: '', feature: 'a' },
  }
  const is = (check: string, scenario: string, step: string, expected: string): Verdict => {
    const finding = { at: '/output', expected, actual: '"unknown"' }
    return { ...failing(check, finding), scenario, findings: [{ step, ...finding }] }
  }
  const verdicts = [
    is('a/is-gone', 'chained', 'next', 'nothing'),
    is('a/is-kept', 'chained', 'first', 'a word'),
    is('a/is-heard', 'chained', 'next', 'the word'),
    is('a/is-alone', 'other', 'next', 'a number'),
  ]
  const checks = (among: readonly Verdict[]): readonly (readonly string[])[] =>
    findCauses(among, scenarios)
      .causes.map((cause) => cause.checks)
      .toSorted()
  expect(checks(verdicts)).toEqual([['a/is-alone'], ['a/is-gone', 'a/is-heard'], ['a/is-kept']])
  const [gone] = verdicts
  expect(checks([gone!, { ...verdicts[2]!, outcome: 'pass' }])).toEqual([['a/is-gone']])
})

test('who answers whatever is not valid has one cause for it in each suite', () => {
  const taken = (check: string): Verdict =>
    failing(check, {
      at: 'status',
      expected: `a 4xx status, because ${check} is wrong`,
      actual: '200: a response with status "completed"',
    })
  const grid = ['a', 'b', 'c', 'd', 'e'].map((name) => taken(`errors/grid/${name}`))
  expect(titles(...grid, taken('tool/refuses-long-names'))).toEqual([
    'errors: 5 requests that are not valid are answered as if they were',
    'status: expected a 4xx status, because tool/refuses-long-names is wrong, got 200: a response with status "completed"',
  ])
})

test('a page for people is one cause, although it names what was asked for', () => {
  const page = (path: string): string => `404: "<html>${' '.repeat(80)}<p>Cannot GET ${path}</p>"`
  expect(
    titles(
      failing('a', { at: 'status', expected: 'an answer', actual: page('/responses/one') }),
      failing('b', { at: 'status', expected: 'an answer', actual: page('/files') }),
    ),
  ).toHaveLength(1)
})

test('a title says what came, without code words', () => {
  const lost = (check: string, word: string): Verdict =>
    failing(check, { at: '/output', expected: `an answer with ${word}`, actual: '"unknown"' })
  expect(titles(lost('a', 'ZX7-0123ABCD'), lost('b', 'ZX7-89EF4567'))).toEqual([
    '/output: expected an answer with ZX7-…, got "unknown"',
  ])
})
