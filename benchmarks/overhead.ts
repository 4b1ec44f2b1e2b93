// What a run costs over plain Node that sends the same requests with the same limits.
//
//     npm run bench:overhead [-- providers...]

import { fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { packageRoot } from '../src/base/package-root.ts'
import { printPart } from './measure-command.ts'
import { createAnswer, createStreamReply } from '../tests/field/hostile/answers.ts'

/** So long that a run takes 15 s and more: a fixed second at the start must not decide. */
const DELAY_MS = Number(process.env['DELAY'] ?? 600)
const CONCURRENCY = 8

type Heard = readonly (readonly (readonly [string, string, string])[])[]

interface Measured {
  readonly seconds: number
  readonly cpuSeconds: number
  readonly rssMB: number
}

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url))

/** Time, processor and peak memory of a process, read from the system. */
async function measure(args: readonly string[], cwd: string, stdin = ''): Promise<Measured> {
  const started = performance.now()
  const child = spawn(process.execPath, args, { cwd, stdio: ['pipe', 'ignore', 'inherit'] })
  child.stdin.end(stdin)
  let rssMB = 0
  let cpuSeconds = 0
  const look = (): void => {
    try {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
      rssMB = Math.max(rssMB, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024)
      const times = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
      cpuSeconds = (Number(times[11]) + Number(times[12])) / 100
    } catch {
      // It has just ended.
    }
  }
  const timer = setInterval(look, 50)
  await once(child, 'close')
  clearInterval(timer)
  return { seconds: (performance.now() - started) / 1000, cpuSeconds, rssMB }
}

interface Compared {
  readonly providers: number
  readonly requests: number
  readonly suite: Measured
  readonly plain: Measured
}

async function compare(providers: number): Promise<Compared> {
  const answers = {
    json: JSON.stringify(createAnswer('fine')),
    stream: createStreamReply('fi', 'ne'),
  }
  const server = fork(here('slow.mjs'), [JSON.stringify([providers, DELAY_MS, answers])], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  const [line] = (await once(server.stdout!, 'data')) as [Buffer]
  const ports = JSON.parse(line.toString()) as readonly number[]
  const cwd = mkdtempSync(join(tmpdir(), 'overhead-'))
  const targets = Object.fromEntries(
    ports.map((port, index) => [
      `provider-${index + 1}`,
      { 'base-url': `http://127.0.0.1:${port}/v1`, model: 'model', concurrency: CONCURRENCY },
    ]),
  )
  writeFileSync(join(cwd, 'responses-conformance.config.yaml'), JSON.stringify({ targets }))
  const main = join(packageRoot, 'dist', 'src', 'cli', 'main.js')
  const suite = await measure([main, 'run', '--quiet', '--reporter', 'json', '--out', 'out'], cwd)
  server.send('heard')
  const [heard] = (await once(server, 'message')) as [Heard]
  const work = JSON.stringify({ ports, heard, concurrency: CONCURRENCY })
  const plain = await measure([here('plain.mjs')], cwd, work)
  server.disconnect()
  rmSync(cwd, { recursive: true })
  const requests = heard.reduce((sum, each) => sum + each.length, 0)
  return { providers, requests, suite, plain }
}

const chosen = process.argv.slice(2).map(Number)
const all: Compared[] = []
for (const providers of chosen.length > 0 ? chosen : [1, 5, 20, 50]) {
  all.push(await compare(providers))
}
const figures = ({ seconds, cpuSeconds, rssMB }: Measured): string =>
  `${seconds.toFixed(1)} s, CPU ${cpuSeconds.toFixed(1)} s, ${rssMB.toFixed(0)} MB`
const ratioOf = ({ suite, plain }: Compared): string => (suite.seconds / plain.seconds).toFixed(2)
const [first, last] = [all[0]!, all.at(-1)!]
const grown = (last.suite.rssMB - first.suite.rssMB) / Math.max(1, last.providers - first.providers)
printPart({
  title: `A run beside plain Node with the same requests, answers after ${DELAY_MS} ms, ${CONCURRENCY} in flight`,
  goals: [
    [
      `wall against plain Node, ${all.map(({ providers }) => providers).join(' / ')} providers`,
      '≤ 1.05',
      all.map(ratioOf).join(' / '),
    ],
    [`peak memory, ${last.providers} providers`, '≤ 350 MB', `${last.suite.rssMB.toFixed(0)} MB`],
    ['peak memory, for each provider', '≤ 2 MB', `${grown.toFixed(1)} MB`],
  ],
  rows: [
    '| providers | requests | suite | plain Node | ratio |',
    '|---|---|---|---|---|',
    ...all.map(
      (each) =>
        `| ${each.providers} | ${each.requests} | ${figures(each.suite)} | ${figures(each.plain)} | ${ratioOf(each)} |`,
    ),
  ],
})
