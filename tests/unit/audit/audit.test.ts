import { describe, expect, test } from 'vitest'
import { auditContract } from '../../../src/document-audit/audit.ts'
import { loadContract } from '../../../src/contract/file/load.ts'
import { defineCheck, notShown, violated } from '../../../src/authoring/define.ts'
import { field } from '../../../src/base/json.ts'
import type { DocumentRow, JsonObject } from '../../../src/types/index.ts'
import { GOOD_RESPONSE, YARDSTICK, createContract } from '../contract/documents.ts'

const yardsticks = {
  openai: loadContract('openai'),
  'open-responses': loadContract('open-responses'),
}

const audits = new Map<string, readonly DocumentRow[]>()

function audit(id: string): readonly DocumentRow[] {
  const rows =
    audits.get(id) ?? auditContract(loadContract(id), yardsticks, { scenarios: [], checks: [] })
  audits.set(id, rows)
  return rows
}

function told(rows: readonly DocumentRow[], kind: DocumentRow['kind'], yardstick?: string) {
  return rows
    .filter((row) => row.kind === kind && row.yardstick === yardstick)
    .map(({ at, says }) => `${at}: ${says}`)
    .join('\n')
}

describe('contradictions of the five documents', () => {
  test.each([
    ['new-api', /response \/output\/0\/content: .* where the table asks for an array/],
    ['new-api', /response \/output\/0\/status: .*"string".*placeholder/],
    ['lemondata', /response \/model: .*`model`, which the table does not have/],
    ['lemondata', /request \/temperature: .*default.*the string "1".*a number/],
    ['lemondata', /request \/stream: .*default.*the string "false".*a boolean/],
    ['anyfast', /allows 2 output tokens, and its answer spends 15 and is "completed"/],
    ['anyfast', /request \/tool_choice: .*"<string>".*placeholder/],
    ['anyfast', /response \/reasoning\/effort: .*"minimal".*"high"/],
    ['anyfast', /response \/text\/verbosity: .*"low".*"medium"/],
    ['crun', /auth X-API-KEY: .*Authorization and X-API-KEY; the table .* Authorization/],
  ])('%s: %s', (id, words) => {
    expect(told(audit(id), 'contradiction')).toMatch(words)
  })

  test('a consistent sample contradicts nothing by itself', () => {
    const computed = audit('sunra').filter(({ at }) => at.startsWith('sample'))
    expect(computed.filter(({ kind }) => kind === 'contradiction')).toEqual([])
  })
})

describe('differences from OpenAI', () => {
  test.each([
    ['lemondata', /\/created: The documents call it `created`; OpenAI calls it `created_at`/],
    ['lemondata', /content\/0\/type: The documents have the type "text"/],
    ['lemondata', /response \/status: The documents show no `status`/],
    ['lemondata', /request \/input: The documents take an array only/],
    ['anyfast', /annotations\/0\/type: The sample's {} has no `type`/],
    ['anyfast', /response \/status: The documents leave out "cancelled", "queued"/],
    ['anyfast', /request \/n: The documents have `n`/],
    ['crun', /\/output\/0\/status: The documents show no `status` in `message`/],
    ['crun', /\/usage\/input_tokens_details: The documents show no/],
    ['crun', /base path is \/api\/v1, OpenAI's is \/v1/],
    ['new-api', /usage\/prompt_tokens: The documents call it `prompt_tokens`; .*`input_tokens`/],
    ['new-api', /completion_tokens_details`; OpenAI calls it `output_tokens_details`/],
    ['sunra', /response \/status: The documents leave out "queued", "incomplete"/],
  ])('%s: %s', (id, words) => {
    expect(told(audit(id), 'difference', 'openai')).toMatch(words)
  })

  test('what a page leaves open is a silence, never a difference', () => {
    for (const id of ['sunra', 'crun', 'anyfast', 'lemondata', 'new-api']) {
      const differences = told(audit(id), 'difference', 'openai')
      for (const word of ['incomplete_details', 'parallel_tool_calls', 'stream events']) {
        expect(differences).not.toContain(word)
      }
      expect(told(audit(id), 'silence', 'openai')).toContain('incomplete_details')
    }
  })

  test('no two rows tell the same point twice', () => {
    for (const id of ['sunra', 'crun', 'anyfast', 'lemondata', 'new-api']) {
      const rows = audit(id).map((row) =>
        [row.kind, row.yardstick, row.capability, row.at, row.says].join('|'),
      )
      expect(rows).toHaveLength(new Set(rows).size)
    }
  })
})

test('a yardstick is not measured against itself, and a follower states no difference but its own', () => {
  expect(told(audit('openai'), 'difference', 'openai')).toBe('')
  expect(told(audit('openai'), 'difference', 'open-responses')).not.toBe('')
})

test('every row names its provider, its place and a source', () => {
  for (const row of audit('crun')) {
    expect(row).toMatchObject({
      provider: 'crun',
      source: { url: expect.stringMatching(/^https/) },
    })
    expect(row.at).not.toBe('')
    expect(row.says).toMatch(/\.$/)
  }
})

describe('promises and checks', () => {
  const post = (YARDSTICK['paths'] as JsonObject)['/responses']
  const sample = { ...GOOD_RESPONSE, usage: { total_tokens: 1 } }
  const document = structuredClone({ ...YARDSTICK, paths: { '/responses': post } }) as never
  const answers = field(document, '/paths/~1responses/post/responses/200/content/application~1json')
  Object.assign(answers as object, { examples: { one: { 'x-source': 'page', value: sample } } })
  const own = createContract(document)
  const small = {
    openai: createContract(),
    'open-responses': createContract(undefined, 'other.yaml'),
  }

  test('a promise belongs to the capability whose API path it names, with the scenarios that turn on it', () => {
    const scenarios = [
      { id: 'streaming/a', apiPaths: ['request /stream = true'] },
      {
        id: 'streaming/b',
        apiPaths: ['request /stream = true', 'request /tools/*/type = function'],
      },
    ]
    const rows = auditContract(own, small, { scenarios, checks: [] })
    const promises = rows.filter(({ kind }) => kind === 'promise')
    expect(promises.find(({ capability }) => capability === 'function-call')).toMatchObject({
      status: 'silent',
      feature: 'tool',
      at: 'request /tools/*/type = function',
      scenarios: ['streaming/b'],
    })
    // A scenario of one suite may use what another feature promises.
    expect(promises.filter(({ feature }) => feature === 'image')).not.toEqual([])
    expect(promises.find(({ at }) => at === 'request /stream = true')).toBeUndefined()
  })

  test('a check of every exchange is asked of samples, under each yardstick that has a level for it', () => {
    const check = defineCheck<'exchange'>({
      id: 'usage/enough',
      title: 'The total is above one',
      kind: 'wire',
      scenario: 'every',
      covers: ['r'],
      documents: true,
      judge({ exchange }) {
        const total =
          exchange.body.kind === 'json' && field(exchange.body.value, '/usage/total_tokens')
        if (typeof total !== 'number') return notShown('no total')
        const actual = String(total)
        return violated(
          { step: 'exchange', at: '/usage/total_tokens', expected: 'more than 1', actual },
          // What the sample leaves out is not shown, and so no difference.
          { step: 'exchange', at: '/temperature', expected: 'a number', actual: 'absent' },
        )
      },
      mutants: [{ story: 'none' }],
    })
    const level = (_: unknown, yardstick: string) =>
      yardstick === 'open-responses' ? undefined : ('should' as const)
    const rows = auditContract(own, small, { scenarios: [], checks: [check], level })
    expect(rows.filter(({ at }) => at === 'sample one response /usage/total_tokens')).toMatchObject(
      [
        {
          kind: 'contradiction',
          level: 'should',
          says: 'In the sample it does not hold that the total is above one.',
        },
        { kind: 'difference', yardstick: 'openai', level: 'should' },
      ],
    )
  })
})
