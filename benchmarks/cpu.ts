// What a user starts, beside an empty vitest run: `npm run bench:cpu [-- rounds]`. All ways take their turn in each round.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { packageRoot } from '../src/base/package-root.ts'
import type { RunResult } from '../src/types/index.ts'
import { MAIN, measureCommand, medianOf, printPart, type Cost } from './measure-command.ts'

const ROUNDS = Number(process.argv[2] ?? 10)

const folder = mkdtempSync(join(tmpdir(), 'responses-conformance-cpu-'))
const empty = join(folder, 'empty')
mkdirSync(empty)
writeFileSync(
  join(empty, 'empty.test.js'),
  "import { test } from 'vitest'\ntest('is empty', () => {})\n",
)
writeFileSync(join(empty, 'package.json'), '{"type":"module"}')
symlinkSync(join(packageRoot, 'node_modules'), join(empty, 'node_modules'))

// In a process of its own: this one waits for what it measures.
const server = spawn(process.execPath, [MAIN, 'serve'])
const [said] = (await once(server.stdout, 'data')) as [Buffer]
const [baseUrl = ''] = /http:\/\/\S+/.exec(said.toString()) ?? []
process.env['BENCH_KEY'] = 'test'

function withFolder(name: string, cwd: string, ...command: readonly string[]): Promise<Cost> {
  const out = join(folder, name)
  rmSync(out, { recursive: true, force: true })
  const fixed = ['--quiet', '--seed', 'bench', '--out', out]
  return measureCommand(folder, cwd, ...command, ...fixed)
}

const target = ['--base-url', baseUrl, '--model', 'reference', '--api-key-env', 'BENCH_KEY']
const plain = (...args: readonly string[]) => measureCommand(folder, folder, 'node', MAIN, ...args)
const ways: readonly (readonly [string, () => Promise<Cost>])[] = [
  ['`npx vitest run`, one empty test', () => measureCommand(folder, empty, 'npx', 'vitest', 'run')],
  ['`npm start`', () => withFolder('start', packageRoot, 'npm', 'start', '--silent', '--', 'demo')],
  ['`run --smoke`', () => withFolder('smoke', folder, 'node', MAIN, 'run', '--smoke', ...target)],
  ['`--help`', () => plain('--help')],
  ['`list suites`', () => plain('list', 'suites')],
  ['`explain basic/created-at-is-seconds`', () => plain('explain', 'basic/created-at-is-seconds')],
]
const costs = ways.map((): Cost[] => [])
for (let round = 0; round < ROUNDS; round++) {
  for (const [index, [, work]] of ways.entries()) costs[index]!.push(await work())
}
server.kill()
const { targets } = JSON.parse(readFileSync(join(folder, 'smoke', 'run.json'), 'utf8')) as RunResult
const { requests, inputTokens, outputTokens } = targets[0]!.usage
rmSync(folder, { recursive: true, force: true })

const middle = (index: number, key: 'cpu' | 'wall' | 'megabytes'): number =>
  medianOf(costs[index]!.map((cost) => cost[key]))
const seconds = (index: number, key: 'cpu' | 'wall'): string => `${middle(index, key).toFixed(2)} s`
printPart({
  title: 'What a user starts',
  goals: [
    [
      '`npm start`, CPU against an empty `npx vitest run`',
      '≤ 3.5',
      (middle(1, 'cpu') / middle(0, 'cpu')).toFixed(2),
    ],
    ['`npm start`, wall', '≤ 1.8 s', seconds(1, 'wall')],
    ['`npm start`, peak memory', '≤ 250 MB', `${middle(1, 'megabytes').toFixed(0)} MB`],
    ['`run --smoke`, CPU', '≤ 1.3 s', seconds(2, 'cpu')],
    ['`run --smoke`, wall', '≤ 0.8 s', seconds(2, 'wall')],
    ['`run --smoke`, tokens', '≤ 600', `${inputTokens + outputTokens} in ${requests} requests`],
    ...[3, 4, 5].map(
      (index) => [`${ways[index]![0]}, CPU`, '≤ 0.15 s', seconds(index, 'cpu')] as const,
    ),
  ],
  rows: [
    '| what | CPU, median | to the empty run | wall, median | largest process | CPU of each round |',
    '|---|---|---|---|---|---|',
    ...ways.map(([name], index) => {
      const ratio = (middle(index, 'cpu') / middle(0, 'cpu')).toFixed(2)
      const each = costs[index]!.map(({ cpu }) => cpu.toFixed(2)).join(', ')
      return `| ${name} | ${seconds(index, 'cpu')} | ${ratio} × | ${seconds(index, 'wall')} | ${middle(index, 'megabytes').toFixed(0)} MB | ${each} |`
    }),
  ],
})
