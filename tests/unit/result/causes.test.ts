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
    '404 to a valid request: “no route to …”, in a and 1 more',
    '404 to a valid request: “no such tool”, in c',
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
  expect(titles(...taken)).toEqual(['12 invalid requests are answered as if they were valid'])
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
    'the response object lacks `usage`, `background`, `input_tokens`',
    'what is in `output` lacks `annotations`, `id`',
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

test('texts in place of errors are one cause, but for the text that valid requests are refused with', () => {
  const text = (check: string, kind: FindingKind, at: string, message: string): Verdict =>
    failing(check, {
      at,
      kind,
      answer: answer(400, message, { body: 'text', mediaType: 'text/plain', errorForm: 'text' }),
    })
  const typed = text('a', 'label', 'header content-type', 'invalid type')
  const missing = text('b', 'label', 'header content-type', 'missing field')
  expect(groups([typed, missing])).toEqual([['a', 'b']])
  const route = text('c', 'label', 'header content-type', 'no such route')
  const refused = text('d', 'refused', 'status', 'no such route')
  expect(groups([typed, route, refused])).toEqual([['a'], ['c', 'd']])
})

test('what is refused without a stream, and told inside of one with it, is one cause', () => {
  const events = answer(200, '', { mediaType: 'text/event-stream', body: 'events' })
  const told = (check: string, field: string): Verdict =>
    failing(check, { at: 'status', kind: 'taken', about: [field], answer: events })
  expect(groups([told('auth/a', '/x'), told('b', '/top_p'), told('c', '/store')])).toEqual([
    ['auth/a', 'b', 'c'],
  ])
})

test('a stream without an end of its own is no matter of the order of events', () => {
  const streams = ['a#s', 'b#s', 'c#s', 'd#s']
  const wrong = (check: string, kind: FindingKind): Verdict =>
    failing(check, { at: '/events/9', kind, exchanges: streams })
  expect(
    groups([wrong('done', 'value'), wrong('parts', 'order'), wrong('items', 'order')]),
  ).toEqual([['done'], ['items', 'parts']])
})

test('what only warns does not keep two failures apart', () => {
  const streams = Array.from({ length: 18 }, (_, index) => `s${index}#s`)
  const wrong = (check: string, count: number): Verdict =>
    failing(check, { at: '/events/9', kind: 'order', exchanges: streams.slice(0, count) })
  const warned = { ...wrong('warned', 18), outcome: 'warn' as const }
  expect(groups([wrong('one', 14), wrong('two', 13), warned])).toEqual([['one', 'two', 'warned']])
})

test('below something of another form all is of another form, and nothing can be read in it', () => {
  const every = (check: string, at: string, kind: FindingKind): Verdict => ({
    ...failing(check, { at, kind, exchanges: ['x#ask'] }),
    scenario: 'every',
  })
  const heard = failing('text', {
    at: '/output',
    kind: 'no-effect',
    about: ['/text'],
    exchanges: ['x#ask'],
  })
  const list = every('list', '/output/0/content', 'value')
  const below = every('below', '/output/0/content/0/text', 'absent')
  const elsewhere = failing('elsewhere', { ...heard.findings[0]!, exchanges: ['y#ask'] })
  expect(groups([list, below, heard, elsewhere])).toEqual([
    ['below', 'list', 'text'],
    ['elsewhere'],
  ])
  // Scenarios share an exchange under a name each.
  const shared = {
    ...failing('shared', { ...heard.findings[0]!, exchanges: ['z#ask'] }),
    scenario: 'z',
    evidence: { ask: 'e1' },
  }
  const named = { ...list, evidence: { 'x#ask': 'e1' } }
  expect(groups([named, shared])).toEqual([['list', 'shared']])
})

test('valid requests that end as failed are one cause, with what fails in them alone', () => {
  const failed = (check: string, exchange: string): Verdict =>
    failing(check, {
      at: '/status',
      kind: 'value',
      actual: 'failed, with error {"code":"x","message":"out of memory"}',
      exchanges: [exchange],
    })
  const verdicts = [
    failed('a/accepted', 'a#ask'),
    failed('b/accepted', 'b#ask'),
    failing('c', { at: '/output', kind: 'value', exchanges: ['a#ask'] }),
    failing('d', { at: '/id', kind: 'absent', exchanges: ['c#ask'] }),
  ]
  expect(groups(verdicts)).toEqual([['a/accepted', 'b/accepted', 'c'], ['d']])
  expect(titles(...verdicts)).toContain('valid requests end as failed: “out of memory”')
})

test('a stored response that comes back otherwise is one cause, a background run with it', () => {
  const fetched = (check: string, at: string, about: readonly string[]): Verdict =>
    failing(check, { at, kind: 'value', about, answer: answer(200, '', { operation: 'retrieve' }) })
  const run = fetched('run', '/status', ['/background'])
  expect(groups([run, fetched('kept', '/output', [])])).toEqual([['kept', 'run']])
  expect(titles(run)).toEqual([
    'with `background`, `status` should be what run wants, and is what run got',
  ])
})

test('a field that is known to have no effect explains its echo, its mistakes and what else needs it', () => {
  const ignored = (check: string): Verdict =>
    failing(check, { at: '/output', kind: 'no-effect', about: ['/tool_choice'] })
  const echo = failing('echo', { at: '/tool_choice', kind: 'value', isEcho: true })
  const taken = failing('taken', { at: 'status', kind: 'taken', about: ['/tool_choice/type'] })
  const other = failing('other', {
    at: '/output',
    kind: 'no-effect',
    about: ['/tools/*/type', '/tool_choice'],
  })
  expect(groups([ignored('a'), ignored('b'), echo, taken, other])).toEqual([
    ['a', 'b', 'echo', 'other', 'taken'],
  ])
  // One row alone may be wrong in another way.
  expect(groups([ignored('a'), echo])).toEqual([['a'], ['echo']])
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

test('what is absent for one check and differs for a check of every exchange is one cause', () => {
  const at = '/output/0/arguments'
  const one = failing('tool/one', { at, kind: 'absent', exchanges: ['e1'] })
  const other = failing('tool/other', { at, kind: 'differs', exchanges: ['e2'] })
  const every: Verdict = {
    ...failing('streaming/every', { at, kind: 'differs', exchanges: ['e1'] }),
    scenario: 'every',
  }
  expect(groups([one, other, every])).toHaveLength(1)
})
