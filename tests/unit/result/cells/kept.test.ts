// The rules by which rows become cells: each was found by a cell of a real server that was wrong without it.

import { describe, expect, test } from 'vitest'
import { computeMatrix } from '../../../../src/result/cells/compute-matrix.ts'
import {
  cellOfRows as cellOf,
  createFailingRow as fails,
  createWrongFinding as finding,
  createOpenRow as open,
  createRefusedRow as refused,
  DOOR_ROW as DOOR,
  keptStateOf as kept,
  PLAIN_ROWS as PLAIN,
  runOfRows as runOf,
  type GivenRow as Row,
  type GivenRun as Given,
} from './rows.ts'

describe('kept', () => {
  test('a clean refusal is no, with its words', () => {
    const cell = cellOf('file-data', {
      rows: [...PLAIN, refused('file/pdf', 'e'), open('file/reads', ['file-data-pdf'], 'file/pdf')],
      evidence: { e: { status: 400, said: 'no files here' } },
    })
    expect(cell.kept).toMatchObject({ state: 'no', why: 'refused: 400: no files here' })
  })

  test('a contested wording excuses no missing route', () => {
    const gone = {
      ...refused('lifecycle/stored', 'e', { outcome: 'warn', reason: 'contested' }),
      findings: [finding({ at: 'status', kind: 'refused' })],
    }
    const rows = [...PLAIN, gone, open('l/r', ['state-store-default-true'], 'lifecycle/stored')]
    expect(kept('retrieve', { rows, evidence: { e: { status: 404 } } })).toBe('no')
  })

  test('a route that does not exist is no, in the words of whichever check met it', () => {
    const missing = {
      ...open('l/c', ['conv-create'], 'lifecycle/conversation'),
      evidence: { ask: 'e' },
    }
    const evidence = { e: { status: 404, request: 'POST /conversations' } }
    expect(kept('conversations', { rows: [...PLAIN, missing], evidence })).toBe('no')
    // Who misses an id may have the route.
    const other = { e: { status: 404, request: 'GET /conversations/c_1' } }
    expect(kept('conversations', { rows: [...PLAIN, missing], evidence: other })).toBe('unclear')
  })

  test('a crash that the control confirmed is no; 502, a limit and a timeout are unclear', () => {
    const crash = {
      ...refused('image/png', 'e', { outcome: 'fail', reason: undefined! }),
      findings: [finding({ at: 'status', kind: 'crashed' })],
    }
    const asked = open('image/sees', ['image-data-url-png'], 'image/png')
    const evidence = { e: { status: 501 } }
    expect(kept('image-data', { rows: [...PLAIN, crash, asked], evidence })).toBe('no')
    const doubt: Row = { ...asked, check: 'image/accepted', reason: 'unreachable' }
    expect(kept('image-data', { rows: [...PLAIN, doubt, asked] })).toBe('unclear')
  })

  test('a run in which nothing was accepted measures nothing', () => {
    const rows = [refused('basic/text', 'e'), fails('basic/t', ['basic-text-nonempty'], {})]
    const column = computeMatrix(runOf({ rows, evidence: { e: { status: 502 } } })).columns[0]!
    expect(column.unmeasured).toBe('nothing that was asked was answered')
    expect(column.cells.filter((cell) => cell.kept !== undefined)).toEqual([])
  })

  test('what fails as the plain question fails is unclear, and the plain question partly', () => {
    const evidence = { e: { status: 500, said: 'boom' }, f: { status: 500, said: 'boom' } }
    const crash = (scenario: string, id: string): Row => ({
      ...refused(scenario, id, { outcome: 'fail' }),
      findings: [finding({ at: 'status', kind: 'crashed' })],
    })
    const rows = [
      { ...DOOR, scenario: 'message-style/string', check: 'message-style/accepted' },
      { check: 'message-style/string', requirements: ['msg-string-input'] },
      crash('basic/text', 'e'),
      open('basic/t', ['basic-text-nonempty'], 'basic/text'),
      crash('file/pdf', 'f'),
      open('file/reads', ['file-data-pdf'], 'file/pdf'),
    ]
    expect(cellOf('file-data', { rows, evidence }).kept).toMatchObject({
      state: 'unclear',
      rule: 'plain',
      was: 'no',
      as: 'plain-answer',
    })
    expect(cellOf('plain-answer', { rows, evidence }).kept).toMatchObject({
      state: 'partly',
      why: expect.stringContaining('only as one string'),
    })
  })

  test('200 with no answer in it is no, and what is answered so as well is unclear', () => {
    const empty = (scenario: string, id: string, actual: string): Row => ({
      check: `${scenario.split('/')[0]}/accepted`,
      scenario,
      outcome: 'fail',
      findings: [finding({ at: '', kind: 'no-body', actual })],
      evidence: { ask: id },
    })
    const rows = [
      { ...DOOR, scenario: 'basic/budgets' },
      empty('basic/text', 'e', '200: null'),
      open('basic/t', ['basic-text-nonempty'], 'basic/text'),
      empty('file/pdf', 'e', '200: null'),
      open('file/reads', ['file-data-pdf'], 'file/pdf'),
      empty('image/counted', 'e', 'an empty body'),
      open('image/reads', ['image-data-url-png'], 'image/counted'),
    ]
    const evidence = { e: { status: 200 } }
    expect(cellOf('plain-answer', { rows, evidence }).kept).toMatchObject({
      state: 'no',
      why: 'no usable answer: 200: null',
    })
    expect(cellOf('file-data', { rows, evidence }).kept).toMatchObject({
      state: 'unclear',
      rule: 'plain',
      as: 'plain-answer',
    })
    expect(kept('image-data', { rows, evidence })).toBe('no')
    const flaky = rows.map((row) => (row.outcome === 'fail' ? { ...row, outcome: 'warn' } : row))
    expect(kept('plain-answer', { rows: flaky as Row[], evidence })).toBe('unclear')
  })

  test('one refusal over several features stays with the feature that its words name', () => {
    const said = 'text.format is not supported'
    const evidence = { e: { status: 400, said } }
    const rows = [
      ...PLAIN,
      ...(
        [
          ['structured-output/strict', 'so-strict-conforms'],
          ['file/pdf', 'file-data-pdf'],
          ['image/png', 'image-data-url-png'],
        ] as const
      ).flatMap(([scenario, id]) => [refused(scenario, 'e'), open('x/y', [id], scenario)]),
    ]
    expect(kept('json-schema', { rows, evidence })).toBe('no')
    expect(cellOf('file-data', { rows, evidence }).kept).toMatchObject({ rule: 'together' })
    expect(kept('image-data', { rows, evidence })).toBe('unclear')
  })

  test('where no stream is answered, what is asked both ways is unclear', () => {
    const evidence = { e: { status: 500, said: 'boom' } }
    const crash = (scenario: string): Row => ({
      ...refused(scenario, 'e', { outcome: 'fail' }),
      findings: [finding({ at: 'status', kind: 'crashed' })],
    })
    const rows = [
      ...PLAIN,
      crash('streaming/text'),
      open('streaming/e', ['stream-content-type'], 'streaming/text'),
      crash('basic/refused'),
      open('basic/r', ['so-refusal-shape'], 'basic/refused'),
    ]
    expect(kept('stream-ends', { rows, evidence })).toBe('no')
    expect(cellOf('refusals', { rows, evidence }).kept).toMatchObject({ as: 'stream-ends' })
  })

  test('nothing is deleted, and nothing unstored, where nothing is stored', () => {
    const rows = [
      ...PLAIN,
      refused('lifecycle/stored', 'e'),
      open('l/r', ['state-store-default-true'], 'lifecycle/stored'),
      { check: 'l/d', requirements: ['state-delete', 'state-delete-then-404'] },
      fails('l/s', ['state-store-false-not-retrievable'], {}),
    ]
    const evidence = { e: { status: 404, request: 'GET /responses/r_1' } }
    expect(cellOf('delete', { rows, evidence }).kept).toMatchObject({
      state: 'not asked',
      rule: 'needs',
    })
    expect(kept('store-false', { rows, evidence })).toBe('not asked')
  })

  test('a finding about the lesser of two requirements takes the greater one not away', () => {
    const both = ['state-store-default-true', 'state-retrieve-equal']
    const lesser = fails('l/r', both, { at: '/id', requirement: 'state-retrieve-equal' })
    expect(kept('retrieve', { rows: [...PLAIN, lesser] })).toBe('partly')
    const greater = fails('l/r', both, { requirement: 'state-store-default-true' })
    expect(kept('retrieve', { rows: [...PLAIN, greater] })).toBe('no')
  })

  test('refused, as it should be, by another status: partly for 5xx, a remark for 4xx', () => {
    const scenarios = { 'auth/keys': { title: 'k', feature: 'auth', refusals: ['none'] } }
    const keys = (status: number): Given => ({
      scenarios,
      evidence: { e: { status } },
      rows: [
        ...PLAIN,
        { check: 'auth/w', requirements: ['auth-invalid-401'] },
        {
          ...fails('auth/m', ['auth-missing-401'], { step: 'none', at: 'status', kind: 'crashed' }),
          scenario: 'auth/keys',
          evidence: { none: 'e' },
        },
      ],
    })
    expect(kept('key-required', keys(500))).toBe('partly')
    expect(kept('key-required', keys(400))).not.toBe('no')
  })

  test('a lesser field makes an essential partly', () => {
    const at = (place: string): Given => ({
      rows: [...PLAIN, fails('b/i', ['basic-incomplete-status'], { at: place })],
    })
    expect(kept('token-limit', at('/incomplete_details/reason'))).toBe('partly')
    expect(kept('token-limit', at('/status'))).toBe('no')
  })

  test('a law that is broken in errors alone, or beside another essential that holds, is partly', () => {
    const law = (step: string): Row => ({
      ...fails('s/l', ['stream-content-type'], { step }),
      scenario: 'every',
    })
    const rows = [...PLAIN, { check: 's/f', requirements: ['stream-sse-framing'] }]
    expect(kept('stream-ends', { rows: [...rows, law('streaming/text#s')] })).toBe('partly')
    expect(kept('stream-ends', { rows: [...PLAIN, law('errors/wrong#s')] })).toBe('partly')
    expect(kept('stream-ends', { rows: [...PLAIN, law('streaming/text#s')] })).toBe('no')
    const often = { ...law('streaming/text#s'), exchanges: { held: 3, failed: 1 } }
    expect(cellOf('stream-ends', { rows: [...PLAIN, often] }).kept).toMatchObject({
      state: 'partly',
      why: expect.stringContaining('in 1 of 4 exchanges'),
    })
  })

  test('an essential that is there in another way than demanded is partly', () => {
    const logs = (kind: 'no-effect' | 'value'): Given => ({
      rows: [...PLAIN, fails('p/l', ['par-logprobs'], { kind })],
    })
    expect(kept('logprobs', logs('no-effect'))).toBe('no')
    expect(kept('logprobs', logs('value'))).toBe('partly')
  })

  test('of several forms one that fails is partly, all are no', () => {
    const system = { check: 'm/s', requirements: ['msg-role-system'] }
    const developer = fails('m/d', ['msg-role-developer'], {})
    expect(cellOf('roles', { rows: [...PLAIN, system, developer] }).kept).toMatchObject({
      state: 'partly',
      why: 'not developer',
    })
    const doubt = {
      check: 'm/s',
      requirements: ['msg-role-system'],
      outcome: 'inconclusive',
    } as const
    expect(kept('roles', { rows: [...PLAIN, doubt, developer] })).toBe('unclear')
    const neither = fails('m/s', ['msg-role-system'], {})
    expect(kept('roles', { rows: [...PLAIN, neither, developer] })).toBe('no')
  })

  test('a form that passes by doing nothing counts beside another only', () => {
    const none = { check: 't/n', requirements: ['tool-choice-none'] }
    const required = fails('t/r', ['tool-choice-required'], {})
    const named = fails('t/f', ['tool-forced-call'], {})
    expect(kept('tool-choice', { rows: [...PLAIN, none] })).toBe('unclear')
    expect(kept('tool-choice', { rows: [...PLAIN, none, required, named] })).toBe('no')
  })

  test('an echo whose field is absent is no', () => {
    const echo: Row = {
      check: 'parameters/echoed/metadata',
      outcome: 'not-applicable',
      reason: 'not-shown',
    }
    const absent = fails('basic/fields/metadata', [], { at: '/metadata', kind: 'absent' })
    expect(kept('metadata', { rows: [...PLAIN, echo, absent] })).toBe('no')
    expect(kept('metadata', { rows: [...PLAIN, echo] })).toBe('unclear')
  })

  test('who does not fetch from loopback, where the test offers it, is right', () => {
    const given: Given = {
      rows: [
        ...PLAIN,
        refused('image/by-url', 'e'),
        open('i/u', ['image-https-url'], 'image/by-url'),
      ],
      scenarios: { 'image/by-url': { title: 'u', feature: 'image', fetches: true } },
      evidence: { e: { status: 400, said: 'private address' } },
    }
    const local = { endpoint: 'http://127.0.0.1:1/v1' }
    expect(kept('image-url', { ...given, target: local })).toBe('unclear')
    expect(kept('image-url', given)).toBe('no')
  })

  test('what the one behind does as well says nothing about who stands in front', () => {
    const broken = fails('m/i', ['msg-instructions'], {})
    const given: Given = { rows: [...PLAIN, broken], target: { setup: { relays: 'behind' } } }
    expect(cellOf('instructions', { ...given, behind: [...PLAIN, broken] }).kept).toMatchObject({
      state: 'unclear',
      rule: 'relay',
    })
    expect(kept('instructions', { ...given, behind: PLAIN })).toBe('no')
  })

  test('what lacks in the set-up is neither red nor green', () => {
    const rows = [...PLAIN, fails('i/p', ['image-data-url-png'], {})]
    const setup = { lacks: ['image'], upstream: 'a model for text' }
    expect(cellOf('image-data', { rows, target: { setup } }).kept).toMatchObject({
      state: 'not asked',
      why: 'lacks in this set-up',
      rule: 'behind',
    })
  })

  test('where no key is refused, it may have been started without one', () => {
    const answer = { operation: 'create', status: 200, mediaType: '', body: 'object' } as const
    const open200 = (check: string, id: string): Row =>
      fails(check, [id], { at: 'status', kind: 'taken', answer })
    const rows = [
      ...PLAIN,
      open200('auth/asks-for-a-key', 'auth-missing-401'),
      open200('auth/refuses-a-wrong-key', 'auth-invalid-401'),
    ]
    expect(kept('key-required', { rows })).toBe('unclear')
    expect(kept('key-required', { rows, target: { setup: { key: 'demanded' } } })).toBe('no')
    expect(kept('key-required', { rows, target: { setup: { key: 'none' } } })).toBe('not asked')
  })

  test('a recording shows at most that a part is wrong, and nothing of absent headers', () => {
    const target = { origin: 'recorded' as const, asked: { roles: { answered: 3, refused: 0 } } }
    const law = { ...fails('b/o', ['basic-object-type'], {}), scenario: 'every' }
    const header = {
      ...fails('t/i', ['transport-request-id-header'], { at: 'header x-request-id' }),
    }
    const given = { rows: [law, header], target }
    expect(kept('response-object', given)).toBe('partly')
    expect(kept('request-ids', given)).toBe('not asked')
    const held = {
      rows: [{ check: 'b/o', scenario: 'every', requirements: ['basic-object-type'] }],
      target,
    }
    expect(kept('response-object', held)).toBe('seen')
    expect(cellOf('roles', given).kept).toMatchObject({ state: 'seen', traffic: { answered: 3 } })
  })

  test('one that was asked in part is not called whole', () => {
    const rows = PLAIN.slice(0, 2)
    expect(kept('plain-answer', { rows, target: { selection: [{ smoke: true }] } })).toBe('unclear')
    expect(kept('plain-answer', { rows: PLAIN })).toBe('yes')
  })
})
