// One cause, one line: what differs from request to request does not tell causes apart, and neither
// do the sentences of a finding.

import { expect, test } from 'vitest'
import { findCauses } from '../../../src/result/causes/find-causes.ts'
import { normaliseMessage } from '../../../src/judge/answer-facts.ts'
import type { AnswerFacts, Finding, FindingKind, Verdict } from '../../../src/types/index.ts'

type Data = Partial<Finding> & Pick<Finding, 'at' | 'kind'>

function failing(check: string, ...findings: readonly Data[]): Verdict {
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
    findings: findings.map((finding) => ({
      step: 'ask',
      expected: `what ${check} wants`,
      actual: `what ${check} got`,
      ...finding,
    })),
    evidence: {},
  }
}

function undecided(check: string, blockedBy: NonNullable<Verdict['blockedBy']>): Verdict {
  return {
    ...failing(check),
    outcome: 'inconclusive',
    reason: 'prerequisite',
    blockedBy,
  }
}

const answer = (status: number, message: string, more: Partial<AnswerFacts> = {}): AnswerFacts => ({
  operation: 'create',
  status,
  mediaType: 'application/json',
  body: 'object',
  message: normaliseMessage(message),
  errorForm: 'object',
  ...more,
})

const titles = (...verdicts: readonly Verdict[]): readonly string[] =>
  findCauses(verdicts)
    .causes.map(({ title }) => title)
    .toSorted()

const groups = (
  verdicts: readonly Verdict[],
  tables: Parameters<typeof findCauses>[1] = {},
): readonly (readonly string[])[] =>
  findCauses(verdicts, tables)
    .causes.map(({ checks }) => checks)
    .toSorted()

test('one refusal is one cause, whatever was asked', () => {
  const refused = (check: string, kind: FindingKind, message: string): Verdict =>
    failing(check, { at: 'status', kind, answer: answer(404, message) })
  expect(
    titles(
      refused('a', 'refused', 'no route to resp_01HZX9'),
      refused('b', 'misrefused', 'no route to resp_7Q2KD4'),
      refused('c', 'refused', 'no such tool'),
    ),
  ).toEqual([
    '404 to a valid request, in a and 1 more: “no route to …”',
    '404 to a valid request, in c: “no such tool”',
  ])
})

test('what an id that was just given leads to is one cause, however it is said', () => {
  const lost = (check: string, message: string): Verdict =>
    failing(check, {
      at: 'status',
      kind: 'refused',
      answer: answer(404, message, { repeatsId: true }),
    })
  expect(titles(lost('a', 'Response not found: resp_1'), lost('b', 'Previous response …'))).toEqual(
    ['an id that was just given out is not found'],
  )
})

test('what should have been refused is a cause for each field', () => {
  const taken = (check: string, field: string): Verdict =>
    failing(check, { at: 'status', kind: 'taken', about: [field] })
  expect(titles(taken('a', '/temperature'), taken('b', '/top_p'), taken('c', '/top_p'))).toEqual([
    'an invalid `temperature` is answered as if it were valid',
    'an invalid `top_p` is answered as if it were valid',
  ])
})

test('mistakes that end in 500 are one cause, whatever is said of each', () => {
  const crashed = (check: string, message: string): Verdict =>
    failing(check, {
      at: 'status',
      kind: 'crashed',
      expected: 'a 4xx status, because it is wrong',
      answer: answer(500, message, { errorForm: 'detail' }),
    })
  const rows = [crashed('a/name', 'name is too long'), crashed('a/schema', 'no schema')]
  const record = { title: '', feature: 'a', isRefusal: true as const }
  const scenarios = Object.fromEntries(rows.map(({ scenario }) => [scenario, record]))
  expect(groups(rows, { scenarios })).toHaveLength(1)
  expect(groups(rows)).toHaveLength(2)
})

test('a failure is called by what fails, not by a warning of the same cause', () => {
  const lacks = (check: string, at: string): Verdict => failing(check, { at, kind: 'absent' })
  const warned = { ...lacks('basic/a', '/completed_at'), outcome: 'warn' as const }
  expect(titles(warned, lacks('basic/b', '/metadata'))).toEqual([
    'the response object lacks `metadata`',
  ])
  expect(titles(warned)).toEqual(['the response object lacks `completed_at`'])
})

test('who answers whatever is not valid has one cause for it', () => {
  const taken = Array.from({ length: 12 }, (_, index) =>
    failing(`a/${index}`, { at: 'status', kind: 'taken', about: [`/field-${index}`] }),
  )
  expect(titles(...taken)).toEqual(['12 requests that are not valid are answered as if they were'])
  // Where six times as many are refused, it is no rule.
  const refusals = Array.from({ length: 72 }, (_, index) => ({
    ...failing(`b/${index}`),
    outcome: 'pass' as const,
  }))
  const scenarios = Object.fromEntries(
    refusals.map(({ scenario }) => [
      scenario,
      { title: '', feature: 'b', isRefusal: true as const },
    ]),
  )
  expect(groups([...taken, ...refusals], { scenarios })).toHaveLength(12)
})

test('what rests on something that fails is part of that failure', () => {
  const record = { title: '', feature: 'a' }
  const scenarios = {
    chained: { ...record, restsOn: { next: '/previous_response_id' } },
    other: record,
  }
  const is = (
    check: string,
    scenario: string,
    step: string,
    about: readonly string[],
  ): Verdict => ({
    ...failing(check, { at: '/output', kind: 'value', step, about }),
    scenario,
  })
  const verdicts = [
    is('a/is-gone', 'chained', 'next', ['/store']),
    is('a/is-kept', 'chained', 'first', ['/store']),
    is('a/is-heard', 'chained', 'next', ['/previous_response_id']),
    is('a/is-alone', 'other', 'next', ['/tool_choice']),
  ]
  expect(groups(verdicts, { scenarios })).toEqual([
    ['a/is-alone'],
    ['a/is-gone', 'a/is-heard'],
    ['a/is-kept'],
  ])
})

test('fields that are missing together are one cause, and those below a missing one are part of it', () => {
  const missing = (check: string, ...places: readonly string[]): Verdict =>
    failing(check, ...places.map((at) => ({ at, kind: 'absent' as const })))
  const verdicts = [
    missing('a', '/usage', '/background'),
    missing('b', '/usage/input_tokens'),
    missing('c', '/output/0/content/0/annotations'),
    missing('d', '/output/3/id'),
  ]
  expect(groups(verdicts)).toEqual([
    ['a', 'b'],
    ['c', 'd'],
  ])
  expect(titles(...verdicts)).toEqual([
    '`output` lacks `annotations`, `id`',
    'the response object lacks `usage`, `background`, `input_tokens`',
  ])
})

test('rows that fail in the same streams are one cause', () => {
  const streams = ['a#s', 'b#s', 'c#s', 'd#s']
  const wrong = (check: string, exchanges: readonly string[]): Verdict =>
    failing(check, { at: '/events/2', kind: 'order', exchanges })
  expect(
    groups([
      wrong('one', streams),
      wrong('two', streams.slice(1)),
      wrong('three', streams.slice(0, 1)),
    ]),
  ).toEqual([['one', 'two'], ['three']])
})

test('what fails only where no answer can be read is part of that failure', () => {
  const body = answer(200, 'null', { body: 'null' })
  const verdicts = [
    failing('a/accepted', { at: '/', kind: 'no-body', exchanges: ['x#ask'], answer: body }),
    failing('a/has-text', { at: '/output', kind: 'absent', exchanges: ['x#ask'] }),
    failing('a/elsewhere', { at: '/id', kind: 'absent', exchanges: ['y#ask'] }),
  ]
  expect(groups(verdicts)).toEqual([['a/accepted', 'a/has-text'], ['a/elsewhere']])
})

test('a row may have several causes, and its yardsticks are one row', () => {
  const row = failing(
    'a',
    { at: '/temperature', kind: 'value', isEcho: true },
    { at: 'status', kind: 'refused', answer: answer(400, 'no such field') },
  )
  const other = { ...failing('b', row.findings[0]!), yardstick: 'own' as const }
  const { causes, verdicts } = findCauses([row, other])
  expect(causes).toHaveLength(2)
  expect(verdicts[0]!.also).toHaveLength(1)
  expect(verdicts[1]!.cause).toBe(verdicts[0]!.cause)
})

test('undecided rows hang under what blocks them', () => {
  const refusal = answer(404, 'no such route')
  const { causes, verdicts } = findCauses([
    failing('a/accepted', {
      at: 'status',
      kind: 'refused',
      exchanges: ['a/ask#ask'],
      answer: refusal,
    }),
    failing('b/has-effect', { at: '/output', kind: 'no-effect', about: ['/text'] }),
    undecided('c', { exchange: 'a/ask#ask' }),
    undecided('d', { exchange: 'elsewhere#ask', answer: refusal }),
    undecided('e', { check: 'a/accepted' }),
    undecided('f', { field: '/text' }),
    undecided('g', { exchange: 'elsewhere#ask', answer: answer(503, 'busy') }),
  ])
  const [route, text] = ['a/accepted', 'b/has-effect'].map((check) =>
    causes.find(({ checks }) => checks.includes(check))!,
  )
  expect(verdicts.map(({ hiddenBy }) => hiddenBy)).toEqual([
    undefined,
    undefined,
    route!.id,
    route!.id,
    route!.id,
    text!.id,
    undefined,
  ])
  expect([route!.hides, text!.hides]).toEqual([3, 1])
})

test('a cause has one id on every target, whatever was expected and said', () => {
  const row = failing('a', { at: '/usage', kind: 'absent' })
  const [first] = findCauses([row]).causes
  const [other] = findCauses([
    {
      ...row,
      target: 'elsewhere',
      findings: row.findings.map((finding) => ({ ...finding, expected: 'x', actual: 'x' })),
    },
  ]).causes
  expect(other).toEqual({ ...first, target: 'elsewhere' })
})

test('a message is what holds for every request that is answered so', () => {
  expect(normaliseMessage('Cannot GET /v1/responses/resp_1')).toBe('Cannot GET …')
  expect(normaliseMessage('no answer at 2026-01-02T03:04:05Z for ZX7-0123ABCD')).toBe(
    'no answer at … for …',
  )
  expect(normaliseMessage(`<html>${' '.repeat(80)}<p>Cannot POST /files</p>`)).toBe(
    normaliseMessage(`<html>${' '.repeat(80)}<p>Cannot POST /responses</p>`),
  )
})
