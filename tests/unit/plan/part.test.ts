// What was asked in part must not read as if everything had been asked.

import { writeFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import badges from '../../../reporters/badges.ts'
import { formatScopes, formatStanding } from '../../../reporters/common/labels.ts'
import github from '../../../reporters/github.ts'
import html from '../../../reporters/html.tsx'
import junit from '../../../reporters/junit.ts'
import markdown from '../../../reporters/markdown.ts'
import { renderSite } from '../../../reporters/site/site.tsx'
import terminal from '../../../reporters/terminal.ts'
import { assembleResult } from '../../../src/result/from-journal.ts'
import { listFeatures } from '../../../src/plan/load-suites-and-reporters.ts'
import { readTraffic } from '../../../src/evidence/import-traffic.ts'
import { createMemoryStore } from '../../../src/evidence/saved-exchanges.ts'
import { JOURNAL, readJournal, type JournalEntry } from '../../../src/evidence/journal.ts'
import { mergeRuns } from '../../../src/run/merge.ts'
import { scopeOf } from '../../../src/plan/reduced-run-scope.ts'
import { recordingOf, unpackRecording } from '../../../src/run/pack-recording.ts'
import { createTrafficJudge } from '../../../src/run/judge-traffic.ts'
import { rejudgeFolder } from '../../../src/run/rejudge.ts'
import { validateRunResult } from '../../../src/result/run-json.ts'
import { OFF_BY_DEFAULT, type Selection } from '../../../src/plan/selection.ts'
import { DEFAULT_LIMITS, type Target } from '../../../src/target/target-and-keys.ts'
import type { Scope, Reporter, RunResult } from '../../../src/types/index.ts'
import { createEmptyFolder } from '../../empty-folder.ts'
import { sampleExchange, sampleRun } from '../reporters/sample.ts'

test('only what leaves something out is a part', () => {
  const byDefault = listFeatures().filter((name) => !OFF_BY_DEFAULT.includes(name))
  const whole: readonly Selection[] = [
    {},
    { suites: 'all' },
    { suites: listFeatures() },
    { suites: byDefault },
    { suites: byDefault.filter((name) => name !== 'common') },
    { checks: ['*'] },
    { scenarios: ['*'] },
    { levels: ['may', 'should', 'must'] },
    { load: ['./ours.js'] },
  ]
  expect(whole.map((selection) => scopeOf(selection))).toEqual(whole.map(() => undefined))
  expect(scopeOf({}, [1, 1])).toBeUndefined()

  expect(scopeOf({ suites: ['basic', 'tool'], load: ['./ours.js'] })).toEqual({
    suites: ['basic', 'tool'],
  })
  expect(scopeOf({ suites: ['websocket'] })).toEqual({ suites: ['websocket'] })
  expect(scopeOf({ checks: ['tool/*'], suites: 'all' })).toEqual({ checks: ['tool/*'] })
  expect(scopeOf({ scenarios: ['tool/forced'] })).toEqual({ scenarios: ['tool/forced'] })
  expect(scopeOf({ clients: ['codex'] })).toEqual({ clients: ['codex'] })
  expect(scopeOf({ levels: ['must'] })).toEqual({ levels: ['must'] })
  expect(scopeOf({ smoke: true })).toEqual({ smoke: true })
  expect(scopeOf({ endurance: true })).toEqual({ endurance: true })
  expect(scopeOf({}, [1, 3])).toEqual({ shard: [1, 3] })
})

/** The sample's one target that conforms, asked in part. */
function sampleOf(...selection: readonly Scope[]): RunResult {
  const run = sampleRun()
  const targets = run.targets
    .filter(({ id }) => id === 'reference')
    .map((target) => (selection.length === 0 ? target : { ...target, selection }))
  return { ...run, targets }
}

test('the words name the options that left something out', () => {
  const words = (...parts: readonly Scope[]): string => {
    const run = sampleOf(...parts)
    return formatStanding(run, run.targets[0]!)
  }
  expect(words()).toBe('conforms')
  expect(words({ suites: ['basic', 'tool'] })).toBe(
    'conforms in what was asked: --suite basic tool',
  )
  expect(words({ smoke: true, levels: ['must'] }, { clients: ['codex'] })).toBe(
    'conforms in what was asked: --smoke --level must; --client codex',
  )
  expect(words({ checks: ['tool/*'], scenarios: ['tool/*'], shard: [1, 3] })).toBe(
    'conforms in what was asked: --check tool/* --scenario tool/* --shard 1/3',
  )
  expect(words({ traffic: true })).toBe('conforms in what was asked: what holds for every exchange')
  const harbor = sampleRun().targets.find(({ id }) => id === 'harbor')!
  const failing = { ...harbor, selection: [{ smoke: true }] as const }
  expect(formatStanding({ ...sampleRun(), targets: [failing] }, failing)).toBe('does not conform')
})

const BASIC: Scope = { suites: ['basic', 'tool'] }
const WORDS = 'conforms in what was asked: --suite basic tool'

function rendered(reporter: Reporter, run: RunResult): string {
  const files = reporter.render(run, { evidence: sampleExchange })
  return Object.values(files).join('\n')
}

test.each([terminal, markdown, github, html])('$name says what was asked', (reporter) => {
  const plain = (text: string): string => text.replaceAll('\\', '')
  expect(plain(rendered(reporter, sampleOf(BASIC)))).toContain(WORDS)
  expect(rendered(reporter, sampleOf())).not.toContain('in what was asked')
})

test('a badge of a part says so, and is not green', () => {
  const badge = (...parts: readonly Scope[]): { message: string; color: string } =>
    JSON.parse(
      badges.render(sampleOf(...parts), { evidence: sampleExchange })[
        'badges/reference-openai.json'
      ]!,
    )
  expect(badge(BASIC).message).toContain('only a part was asked')
  expect(badge(BASIC).color).toBe('lightgrey')
  expect(badge().message).not.toContain('part')
  expect(badge().color).not.toBe('lightgrey')
})

test('JUnit names the part with the suite', () => {
  const text = rendered(junit, sampleOf(BASIC))
  expect(text).toContain('name="Reference (live, in part)"')
  expect(text).toContain('<property name="asked" value="--suite basic tool"/>')
  expect(rendered(junit, sampleOf())).not.toMatch(/in part|"asked"/)
})

test('the site says it in its index and on the page of the provider', () => {
  const site = renderSite({
    results: [sampleOf(BASIC)],
    replies: [],
    explanations: new Map(),
    today: '2026-11-25',
    evidence: sampleExchange,
  })
  expect(site['index.html']).toContain(WORDS)
  expect(site['providers/reference.html']).toContain(WORDS)
})

test('a page of many targets counts those that were asked in part apart', () => {
  const { targets, ...run } = sampleOf(BASIC)
  const many = Array.from({ length: 9 }, (_, index) => ({ ...targets[0]!, id: `t${index}` }))
  const [row] = run.verdicts.filter(({ target }) => target === 'reference')
  const verdicts = many.map(({ id }) => ({ ...row!, target: id, yardstick: 'own' as const }))
  const text = rendered(html, { ...run, targets: many, verdicts })
  expect(text).toMatch(/<b>0 of 9:<\/b><span class="word w-conforms">conforms</)
  expect(text).toMatch(/<b>9 of 9:<\/b><span class="word w-conforms">conforms in part</)
})

// ── how it comes into a result, and stays there ──────────────────────────────

type Start = Extract<JournalEntry, { kind: 'start' }>

const TARGET: Target = {
  id: 'one',
  name: 'One',
  baseUrl: 'https://one.example/v1',
  auth: [],
  headers: {},
  models: { text: 'm' },
  limits: DEFAULT_LIMITS,
  origin: 'live',
  yardsticks: ['openai'],
  gate: ['openai'],
  has: [],
}

let begun = 0

function start(selection: Selection, shard?: readonly [number, number], id = 'one'): Start {
  const { suite, run, targets } = sampleRun()
  const { contract: _, ...record } = targets[0]!
  const specs = [{ ...TARGET, id }]
  return {
    kind: 'start',
    suite,
    run: { ...run, id: `${run.id}-${begun++}`, ...(shard === undefined ? {} : { shard }) },
    targets: [{ ...record, id, yardsticks: ['openai'], gate: ['openai'] }],
    specs,
    selection,
  }
}

/** A folder as a run leaves it that got no answers. */
function folderOf(...starts: readonly Start[]): string {
  const folder = join(createEmptyFolder(), 'run')
  mkdirSync(join(folder, 'evidence'), { recursive: true })
  const lines = starts.map((entry) => `${JSON.stringify(entry)}\n`)
  writeFileSync(join(folder, JOURNAL), lines.join(''))
  return folder
}

function partsIn({ targets }: RunResult): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(targets.map((target) => [target.id, formatScopes(target)]))
}

async function merged(...starts: readonly Start[]): Promise<ReturnType<typeof partsIn>> {
  const out = join(createEmptyFolder(), 'merged')
  const { result } = await mergeRuns(
    starts.map((each) => folderOf(each)),
    out,
  )
  // Whoever judges the merged folder again reads the same.
  expect(partsIn((await rejudgeFolder(out)).result)).toEqual(partsIn(result))
  return partsIn(result)
}

test('a result holds the part, and no path of a module', () => {
  const { result } = assembleResult([start({ suites: ['basic'], load: ['/home/me/ours.js'] })], [])
  expect(result.targets[0]!.selection).toEqual([{ suites: ['basic'] }])
  expect(JSON.stringify(result)).not.toContain('ours.js')
  expect(validateRunResult(JSON.parse(JSON.stringify(result)))).toEqual([])
  expect(assembleResult([start({})], []).result.targets[0]).not.toHaveProperty('selection')
})

test('a run that was continued asked what it was last started with', async () => {
  const narrowed = [start({}), start({ suites: ['basic'] })]
  expect(partsIn(assembleResult(narrowed, []).result)).toEqual({ one: '--suite basic' })
  const widened = [start({ suites: ['basic'] }), start({})]
  expect(partsIn(assembleResult(widened, []).result)).toEqual({ one: undefined })
  expect(partsIn((await rejudgeFolder(folderOf(...narrowed))).result)).toEqual({
    one: '--suite basic',
  })
})

test('a merged result keeps the parts of each target', async () => {
  const basic = { suites: ['basic'] }
  const tool = { checks: ['tool/*'] }
  await expect(merged(start(basic), start(basic))).rejects.toThrow('both hold the same of one')
  expect(await merged(start(basic), start(tool))).toEqual({ one: '--suite basic; --check tool/*' })
  expect(await merged(start(basic), start({}))).toEqual({ one: undefined })
  expect(await merged(start(basic), start({}, undefined, 'two'))).toEqual({
    one: '--suite basic',
    two: undefined,
  })
})

test('shards are whole together, unless one of them asked less', async () => {
  expect(partsIn(assembleResult([start({}, [1, 2])], []).result)).toEqual({ one: '--shard 1/2' })
  expect(await merged(start({}, [1, 2]), start({}, [2, 2]))).toEqual({ one: undefined })
  const less = start({ levels: ['must'] }, [2, 2])
  expect(await merged(start({}, [1, 2]), less)).toEqual({ one: '--level must' })
})

test('a recording is never more than what was recorded', async () => {
  const replayed = async (
    recorded: Selection,
    selection: Selection,
  ): Promise<ReturnType<typeof partsIn>> => {
    const folder = createEmptyFolder()
    const file = join(folder, 'recording.json')
    writeFileSync(file, recordingOf(folderOf(start(recorded))))
    const out = join(folder, 'out')
    unpackRecording(file, out, { selection })
    expect(readJournal(join(out, JOURNAL)).length).toBeGreaterThan(0)
    return partsIn((await rejudgeFolder(out)).result)
  }
  expect(await replayed({}, {})).toEqual({ one: undefined })
  expect(await replayed({ suites: ['basic'] }, {})).toEqual({ one: '--suite basic' })
  expect(await replayed({ suites: ['basic'] }, { suites: listFeatures() })).toEqual({
    one: '--suite basic',
  })
  expect(await replayed({ suites: ['basic', 'tool'] }, { suites: ['tool', 'file'] })).toEqual({
    one: '--suite tool',
  })
  expect(await replayed({ levels: ['must'] }, { suites: ['basic'] })).toEqual({
    one: '--suite basic --level must',
  })
})

test('traffic of another tool is judged by what holds for every exchange, and says so', async () => {
  const line = JSON.stringify({
    host: 'one.example',
    request: { method: 'POST', path: '/v1/responses', body: { model: 'm', input: 'Hello' } },
    response: { status: 200, headers: { 'content-type': 'application/json' }, body: '{}' },
  })
  const { exchanges } = readTraffic(Buffer.from(line), 'traffic.jsonl')
  const judge = await createTrafficJudge({
    contract: 'openai',
    yardsticks: ['openai'],
    store: createMemoryStore(),
    isWritten: false,
  })
  const { result } = await judge(exchanges)
  expect(result.verdicts.length).toBeGreaterThan(0)
  expect(partsIn(result)).toEqual({ 'one.example': 'what holds for every exchange' })
})
