import { join } from 'node:path'
import { expect, test } from 'vitest'
import { packageRoot } from '../../../src/base/package-root.ts'
import { loadRequirements } from '../../../src/plan/requirements/requirement-catalogue.ts'
import {
  disputeOfCounts,
  loadHostTraffic,
  monthOf,
} from '../../../src/plan/requirements/recorded-traffic.ts'
import { readTraffic } from '../../../src/evidence/import-traffic.ts'
import { createMemoryStore } from '../../../src/evidence/saved-exchanges.ts'
import { createTrafficJudge } from '../../../src/run/judge-traffic.ts'
import type { Body, Exchange, Verdict } from '../../../src/types/index.ts'
import { listHosts, readUpheld, renderObserved } from '../../measure/observed-page.ts'

const host = 'api.example.com'

test('what is hardly ever broken is not contested', () => {
  expect(disputeOfCounts({ '2026-01': [100, 0] }, host)).toBeUndefined()
  expect(disputeOfCounts({ '2026-01': [100, 1], '2026-02': [100, 1] }, host)).toBeUndefined()
})

test('what is broken to this day is contested, with its counts', () => {
  const words = `30 of 200 recorded answers of ${host} break it.`
  expect(disputeOfCounts({ '2026-01': [100, 10], '2026-02': [100, 20] }, host)).toEqual({ words })
  // A few answers make no habit.
  expect(disputeOfCounts({ '2026-01': [100, 10], '2026-02': [19, 0] }, host)).toHaveProperty(
    'words',
  )
  expect(disputeOfCounts({ '2026-01': [100, 10], '2026-02': [19, 0] }, host)).not.toHaveProperty(
    'before',
  )
})

test('what was broken once is contested for what is as old', () => {
  const counts = { '2025-11': [40, 40], '2025-12': [60, 3], '2026-01': [200, 1], undated: [5, 5] }
  expect(disputeOfCounts(counts as never, host)).toEqual({
    before: '2026-01',
    words: `48 of 105 recorded answers of ${host} from before 2026-01 break it, and 1 of 200 since.`,
  })
})

test('an answer is as old as it says', () => {
  const exchange = (body: Body, headers: Exchange['headers'] = []): Exchange => ({
    request: { operation: 'create', method: 'POST', path: '/responses' },
    status: 200,
    headers,
    ending: 'complete',
    body,
  })
  const json = (value: object): Body => ({
    kind: 'json',
    value: value as never,
    text: JSON.stringify(value),
  })
  expect(monthOf(exchange(json({ created_at: 1764547200 })))).toBe('2025-12')
  expect(monthOf(exchange(json({}), [['Date', 'Wed, 19 Aug 2026 14:34:17 GMT']]))).toBe('2026-08')
  expect(monthOf(exchange(json({})), 'Wed, 19 Aug 2026 14:34:17 GMT')).toBe('2026-08')
  expect(monthOf(exchange(json({ created_at: 1 })))).toBeUndefined()
  expect(monthOf(exchange(json({ created_at: 'now' })))).toBeUndefined()
})

test('every failure of recorded traffic was looked at, and every reason is of one', () => {
  const failed = listHosts().flatMap((one) =>
    Object.values(one.outcomes).flatMap((by) =>
      Object.keys(by.failed).map((check) => `${one.host} ${check}`),
    ),
  )
  const reasons = Object.entries(readUpheld()).flatMap(([name, checks]) =>
    Object.keys(checks).map((check) => `${name} ${check}`),
  )
  expect([...new Set(failed)].toSorted()).toEqual(reasons.toSorted())
})

test('a source in recorded traffic names a check that it ever broke', () => {
  const { violated } = loadHostTraffic('api.openai.com')!
  const named = [...loadRequirements().values()].flatMap(({ sources }) =>
    sources.filter((source) => source.in === 'traffic-openai').map(({ at }) => at ?? ''),
  )
  expect(named).not.toEqual([])
  expect(named.filter((check) => !(check in violated))).toEqual([])
})

test('docs/observed.md says what specs/observed holds', async () => {
  await expect(renderObserved()).toMatchFileSnapshot(join(packageRoot, 'docs', 'observed.md'))
})

const LOGPROBS = 'streaming/lists-logprobs'

/** A stream whose delta lists no logprobs, which OpenAI's own streams did until the summer of 2025. */
async function judgeDelta(created: string): Promise<Verdict> {
  const events = [
    { type: 'response.created', response: { created_at: Date.parse(created) / 1000 } },
    { type: 'response.output_text.delta', item_id: 'msg_1', delta: 'a' },
  ]
  const body = events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)
  const line = {
    host: 'h',
    request: {
      method: 'POST',
      path: '/v1/responses',
      body: { model: 'm', input: 'x', stream: true },
    },
    response: {
      status: 200,
      headers: { 'content-type': 'text/event-stream' },
      body: body.join(''),
    },
  }
  const { exchanges } = readTraffic(Buffer.from(JSON.stringify(line)), 'f')
  const judge = await createTrafficJudge({
    contract: 'openai',
    yardsticks: ['openai'],
    store: createMemoryStore(),
    isWritten: false,
  })
  const { result } = await judge(exchanges)
  return result.verdicts.find(({ check }) => check === LOGPROBS)!
}

test('what OpenAI broke once excuses an answer that is as old, and no other', async () => {
  expect(await judgeDelta('2025-05-01')).toMatchObject({ outcome: 'warn', reason: 'contested' })
  expect(await judgeDelta('2026-05-01')).toMatchObject({ outcome: 'fail' })
})
