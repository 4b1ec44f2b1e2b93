// How cost grows: with checks, providers, events and bytes, at four sizes each. The exponent is the slope of the
// logarithms: 1 is a cost that doubles with its size.

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadContract } from '../src/contract/file/load.ts'
import { loadReporters } from '../src/plan/load-suites-and-reporters.ts'
import { judgeStream } from '../src/stream/rules/judge-stream.ts'
import { completeLimits } from '../src/target/reading-limits.ts'
import { decodeEvents } from '../src/transport/sse.ts'
import type { JsonObject } from '../src/types/index.ts'
import { createAnswer, createStreamReply } from '../tests/field/hostile/answers.ts'
import { createExchange } from '../tests/exchange.ts'
import { largeRun } from '../tests/unit/reporters/large.ts'
import { MAIN, measureCommand, medianOf, printPart } from './measure-command.ts'

const folder = mkdtempSync(join(tmpdir(), 'responses-conformance-growth-'))
const reporters = await loadReporters()
const contract = loadContract('openai')

interface Growth {
  readonly what: string
  readonly sizes: readonly number[]
  readonly seconds: readonly number[]
}

/** Seconds of processor time. */
async function timeWork(work: () => unknown): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}

async function grow(
  what: string,
  sizes: readonly number[],
  work: (size: number) => () => unknown,
): Promise<Growth> {
  const seconds: number[] = []
  for (const size of sizes) {
    const task = work(size)
    const rounds: number[] = []
    for (let round = 0; round < 3; round++) rounds.push(await timeWork(task))
    seconds.push(medianOf(rounds))
  }
  return { what, sizes, seconds }
}

/** The slope of the line through the logarithms, by least squares. */
function exponentOf({ sizes, seconds }: Growth): number {
  const points = sizes.map((size, at) => [Math.log(size), Math.log(seconds[at]!)] as const)
  const mean = (side: 0 | 1): number =>
    points.reduce((sum, point) => sum + point[side], 0) / points.length
  const [x, y] = [mean(0), mean(1)]
  const above = points.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0)
  return above / points.reduce((sum, [a]) => sum + (a - x) ** 2, 0)
}

function writeReports(providers: number, checks: number): () => void {
  const run = largeRun(providers, checks)
  return () => {
    // A new object: what reports keep of a result belongs to one of them.
    const result = { ...run }
    for (const reporter of reporters) reporter.render(result, { evidence: () => undefined })
  }
}

function judgeStreamOf(delta: string, count: number): () => void {
  const bytes = Buffer.from(createStreamReply(...Array.from({ length: count }, () => delta)))
  const limits = completeLimits({ events: 2 * count + 100 })
  return () => {
    const chunks = [[0, 0] as const]
    const body = decodeEvents({ bytes, chunks, ending: 'complete' }, limits)
    const exchange = createExchange({ kind: 'events', ...body })
    judgeStream(exchange)
    contract.flaws(exchange)
  }
}

const growths = [
  await grow('checks, reports of 5 providers', [125, 250, 500, 1_000], (n) => writeReports(5, n)),
  await grow('providers, reports of 125 checks', [5, 10, 20, 40], (n) => writeReports(n, 125)),
  await grow('events of a stream, rules and schemas', [12_500, 25_000, 50_000, 100_000], (n) =>
    judgeStreamOf('word', n),
  ),
  await grow('bytes of a stream of 1,000 events', [1_000, 2_000, 4_000, 8_000], (n) =>
    judgeStreamOf('x'.repeat(n), 1_000),
  ),
]

// ── recorded traffic ─────────────────────────────────────────────────────────

const HAR_BYTES = 22_000_000
const harFile = join(folder, 'traffic.har')
writeFileSync(harFile, harOf(HAR_BYTES))
const judged = await measureCommand(folder, folder, 'node', MAIN, 'judge', harFile)

function harOf(bytes: number): string {
  const text = 'A few words that a model might say, in a row. '.repeat(400)
  const entry = (value: JsonObject): JsonObject => ({
    startedDateTime: '2026-11-20T06:00:00.000Z',
    time: 100,
    request: {
      method: 'POST',
      url: 'https://api.openai.com/v1/responses',
      httpVersion: 'HTTP/1.1',
      headers: [{ name: 'content-type', value: 'application/json' }],
      postData: { mimeType: 'application/json', text: '{"model":"model","input":"Hello"}' },
    },
    response: {
      status: 200,
      statusText: 'OK',
      httpVersion: 'HTTP/1.1',
      headers: [{ name: 'content-type', value: 'application/json' }],
      content: { mimeType: 'application/json', text: JSON.stringify(value) },
    },
  })
  const size = JSON.stringify(entry(createAnswer(text))).length
  const entries = Array.from({ length: Math.ceil(bytes / size) }, (_, at) =>
    entry(createAnswer(text, { id: `resp_${at}` })),
  )
  return JSON.stringify({
    log: { version: '1.2', creator: { name: 'bench', version: '1' }, entries },
  })
}

// ── many providers (`PROVIDERS=300` takes minutes) ─────────────────────────────

const PROVIDERS = Number(process.env['PROVIDERS'] ?? 40)
const SHARDS = 10
const one = join(folder, 'one')
await measureCommand(folder, folder, 'node', MAIN, 'demo', '--quiet', '--out', one)
const lines = readFileSync(join(one, 'journal.jsonl'), 'utf8').trim().split('\n')
const [first = ''] = (JSON.parse(lines[0]!) as { targets: { id: string }[] }).targets.map(
  ({ id }) => id,
)
const shards = Array.from({ length: SHARDS }, (_, shard) => {
  const path = join(folder, `shard-${shard}`)
  mkdirSync(join(path, 'evidence'), { recursive: true })
  const ids = Array.from(
    { length: PROVIDERS / SHARDS },
    (_, at) => `provider-${shard * (PROVIDERS / SHARDS) + at}`,
  )
  writeFileSync(join(path, 'journal.jsonl'), multiply(ids, shard))
  return path
})

/** The journal of one run, as if each of these had been asked: what the first target showed is what each shows. */
function multiply(ids: readonly string[], shard: number): string {
  return lines
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .flatMap((entry): readonly object[] => {
      const each = (key: 'targets' | 'specs'): object[] =>
        ids.map((id) => ({ ...(entry[key] as object[])[0], id }))
      if (entry['kind'] === 'start') {
        const run = { ...(entry['run'] as { id: string }), id: `bench-${shard}` }
        return [{ ...entry, run, targets: each('targets'), specs: each('specs') }]
      }
      if (!('target' in entry)) return [entry]
      if (entry['target'] !== first) return []
      return ids.map(
        (target) =>
          JSON.parse(JSON.stringify(entry).replaceAll(`"${first}"`, `"${target}"`)) as object,
      )
    })
    .map((entry) => `${JSON.stringify(entry)}\n`)
    .join('')
}

for (const name of readdirSync(join(one, 'evidence'))) {
  for (const path of shards.slice(0, 1)) {
    writeFileSync(join(path, 'evidence', name), readFileSync(join(one, 'evidence', name)))
  }
}
const merging = await measureCommand(
  folder,
  folder,
  'node',
  MAIN,
  'merge',
  ...shards,
  '--out',
  join(folder, 'merged'),
).catch((error: unknown) => String(error).slice(0, 300))
rmSync(folder, { recursive: true, force: true })

const said =
  typeof merging === 'string'
    ? `not reached: ${merging}`
    : `${merging.wall.toFixed(1)} s, CPU ${merging.cpu.toFixed(1)} s, ${merging.megabytes.toFixed(0)} MB`
printPart({
  title: 'Growth',
  goals: [
    ...growths.map(
      (growth) => [`exponent: ${growth.what}`, '≤ 1.1', exponentOf(growth).toFixed(2)] as const,
    ),
    [
      'judge of a HAR of 22 MB, wall',
      '≤ 1.5 s',
      `${judged.wall.toFixed(2)} s, CPU ${judged.cpu.toFixed(2)} s`,
    ],
    [`${PROVIDERS} providers in ${SHARDS} shards, merged and reported`, 'shown', said],
  ],
  rows: [
    '| what | sizes | CPU, median of 3 | exponent |',
    '|---|---|---|---|',
    ...growths.map(
      (growth) =>
        `| ${growth.what} | ${growth.sizes.join(', ')} | ${growth.seconds.map((each) => `${each.toFixed(3)} s`).join(', ')} | ${exponentOf(growth).toFixed(2)} |`,
    ),
  ],
})
