// Measures one server: installs it into a temporary folder, starts it in front of what its file names, runs
// the suites, stops it, and leaves nothing behind but the result.

import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { stringify } from 'yaml'
import { startReference } from '../reference/main.ts'
import type { SpokenApi } from '../reference/other-apis/spoken-apis.ts'
import { UsageError } from '../src/base/errors.ts'
import { packageRoot } from '../src/base/package-root.ts'
import { readRunResult } from '../src/result/run-json.ts'
import type { RunResult } from '../src/types/index.ts'
import { judgeEvidence } from './check-results.ts'
import { describeContainer, removeContainer } from './containers.ts'
import { judgeLines, readLines } from './recorded.ts'
import { packEvidence, packTraffic, writeStored, RESULTS } from './results.ts'
import {
  findFreePort,
  installServer,
  startServer,
  writeFiles,
  type StartedServer,
} from './start-server.ts'
import { describeSetup, fillPlaces, type Places, type ServerFile } from './server-file.ts'

export interface MeasureOptions {
  readonly signal?: AbortSignal
  /** Where results are stored. */
  readonly results?: string
  /** A folder in which it is installed already; it is kept. */
  readonly installed?: string
  /** Where the whole output of the run is left; nowhere unless given. */
  readonly out?: string
  readonly port?: number
  /** `2026-11-30`; today unless given. */
  readonly date?: string
  readonly say?: (line: string) => void
  readonly run?: typeof runSuites
}

export interface Measured {
  readonly files: readonly string[]
  readonly run: RunResult
}

const SUITES = `auth basic compaction errors file image lifecycle message-style parameters reasoning
  stateful streaming structured-output tool transport usage`.split(/\s+/)

/** The key by which the reference knows the gateways in front of it. */
const UPSTREAM_KEY = 'matrix-upstream-key'

export async function measureServer(
  described: ServerFile,
  options: MeasureOptions = {},
): Promise<Measured> {
  const { signal, say = () => {}, run = runSuites } = options
  const out = options.out ?? mkdtempSync(join(tmpdir(), 'responses-conformance-matrix-'))
  try {
    return await useServer(described, options, async (file, { baseUrl, running }) => {
      say(`${file.id}: asking ${baseUrl}`)
      await run(file, baseUrl, out, signal)
      if (running.hasEnded()) say(`${file.id}: the server ended before it was stopped`)
      return storeRun(file, out, options)
    })
  } finally {
    if (options.out === undefined) rmSync(out, { recursive: true, force: true })
  }
}

/** Installs and starts a server for as long as it is used; nothing of it is left. `use` gets its file filled in. */
export async function useServer<T>(
  described: ServerFile,
  options: Pick<MeasureOptions, 'signal' | 'installed' | 'port' | 'say'>,
  use: (file: ServerFile, server: StartedServer) => Promise<T>,
): Promise<T> {
  const { id, image, recorded } = described
  const { signal, installed, say = () => {} } = options
  if (recorded !== undefined) {
    throw new UsageError(`${id}: it is judged from traffic and not measured here: ${recorded}`)
  }
  const folder = installed ?? mkdtempSync(join(tmpdir(), `responses-conformance-${id}-`))
  const file = describeContainer(described, folder)
  const undo: (() => Promise<unknown> | void)[] = []
  if (installed === undefined) undo.push(() => rmSync(folder, { recursive: true, force: true }))
  try {
    const upstream = await startUpstream(file)
    if (upstream !== undefined) undo.push(() => upstream.close())
    const port = options.port ?? (await findFreePort())
    const places = {
      folder,
      port,
      ...(upstream === undefined ? {} : { upstream: upstream.url.replace(/\/v1$/, '') }),
    }
    writeFiles(file, places)
    if (installed === undefined) {
      say(`${id}: installing ${file.name} ${file.version}`)
      await installServer(file, folder, signal)
    }
    say(`${id}: starting on port ${port}`)
    if (image !== undefined) undo.push(() => removeContainer(folder))
    const server = await startServer(file, places)
    undo.push(() => server.running.stop())
    signal?.throwIfAborted()
    return await use(fillHeaders(file, places), server)
  } finally {
    for (const step of undo.toReversed()) await step()
  }
}

function fillHeaders(file: ServerFile, places: Places): ServerFile {
  if (file.headers === undefined) return file
  const filled = Object.entries(file.headers).map(([name, text]) => [
    name,
    fillPlaces(text, places),
  ])
  return { ...file, headers: Object.fromEntries(filled) as Record<string, string> }
}

/**
 * Stores what a run of ours left in a folder, judged by what the server's file says that its set-up lacks.
 * Throws a `UsageError` where it judged nothing.
 */
export async function storeRun(
  file: ServerFile,
  folder: string,
  { results = RESULTS, date = new Date().toISOString().slice(0, 10) }: MeasureOptions = {},
): Promise<Measured> {
  const { id, key } = file
  const written = join(folder, 'run.json')
  if (!existsSync(written))
    throw new UsageError(`${id}: ${folder} holds no run.json of a finished run`)
  const told = readRunResult(readFileSync(written, 'utf8'), written)
  if (!told.verdicts.some(({ outcome }) => outcome === 'pass' || outcome === 'fail')) {
    throw new UsageError(`${id}: nothing could be judged, so nothing is stored`)
  }
  const secrets = [key, UPSTREAM_KEY].filter((each) => each !== undefined)
  const setup = describeSetup(file)
  const evidence = packEvidence(folder, setup)
  const lost = Object.keys(told.evidence).filter((each) => evidence.exchanges[each] === undefined)
  if (lost.length > 0) {
    throw new UsageError(`${id}: the evidence of ${lost.length} exchanges is not in ${folder}`)
  }
  const isAlike = isDeepStrictEqual(told.targets[0]?.setup?.lacks ?? [], file.lacks ?? [])
  const judged = isAlike ? told : await judgeEvidence(evidence, file)
  const run = { ...judged, targets: judged.targets.map((target) => ({ ...target, setup })) }
  const files = writeStored({ id, date, run, evidence }, secrets, results)
  return { files, run }
}

/** Stores what somebody recorded, and today's verdicts on it. `lines`: a file of JSON Lines. */
export async function storeRecorded(
  file: ServerFile,
  lines: string,
  { results = RESULTS, date = new Date().toISOString().slice(0, 10) }: MeasureOptions = {},
): Promise<Measured> {
  const { id } = file
  const traffic = readLines(id, lines)
  const run = await judgeLines(id, traffic, describeSetup(file))
  const stored = { id, date, run, evidence: packTraffic(traffic) }
  return { files: writeStored(stored, [], results), run }
}

async function startUpstream({
  upstream,
}: ServerFile): Promise<Awaited<ReturnType<typeof startReference>> | undefined> {
  if ('own' in upstream) return undefined
  const { speak, model } = upstream
  return startReference({
    keys: [UPSTREAM_KEY],
    speak: speak as readonly SpokenApi[],
    ...(model === undefined ? {} : { model }),
  })
}

/** The compiled command, in a process of its own, as a user runs it. */
export async function runSuites(
  file: ServerFile,
  baseUrl: string,
  out: string,
  signal?: AbortSignal,
): Promise<void> {
  const { id, model, reasoning, vision, headers, concurrency, deadline } = file
  const { suites = [], seconds = 1_800 } = file
  const main = join(packageRoot, 'dist', 'src', 'cli', 'main.js')
  if (!existsSync(main)) throw new UsageError('The command is not built; "npm run build" builds it')
  const place = mkdtempSync(join(tmpdir(), 'responses-conformance-matrix-'))
  const target = {
    'base-url': baseUrl,
    model,
    'api-key-env': 'MATRIX_SERVER_KEY',
    ...(reasoning === undefined ? {} : { 'reasoning-model': reasoning }),
    ...(vision === undefined ? {} : { 'vision-model': vision }),
    ...(headers === undefined ? {} : { headers }),
    ...(concurrency === undefined ? {} : { concurrency }),
    ...(deadline === undefined ? {} : { deadline }),
    setup: describeSetup(file),
  }
  try {
    mkdirSync(out, { recursive: true })
    const config = join(place, 'matrix.yaml')
    writeFileSync(config, stringify({ targets: { [id]: target } }))
    const args = [main, 'run', id, '--config', config, '--out', out, '--quiet']
    const more = ['--suite', ...SUITES, ...suites, '--max-time', String(seconds)]
    const child = spawn(process.execPath, [...args, ...more], {
      cwd: place,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: {
        PATH: process.env['PATH'],
        HOME: place,
        CI: '1',
        MATRIX_SERVER_KEY: file.key ?? 'no-key-is-asked-for',
      },
      ...(signal === undefined ? {} : { signal }),
    })
    let said = ''
    child.stderr
      .setEncoding('utf8')
      .on('data', (text: string) => (said = `${said}${text}`.slice(-1_000)))
    child.on('error', () => {})
    const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
    signal?.throwIfAborted()
    if (code === null || ![0, 1, 3, 4].includes(code)) {
      throw new UsageError(`${id}: the run ended with ${code}: ${said.trim().split('\n').at(-1)}`)
    }
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
}
