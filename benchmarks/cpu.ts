// Processor time of what a user starts, beside an empty vitest run: `npm run bench:cpu`.
//
// User and system time of the whole process tree, by `/usr/bin/time`: unlike seconds on a wall, it says
// something on a busy machine too. All ways take their turn in each round.

import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { packageRoot } from '../src/base/package-root.ts'

const ROUNDS = Number(process.argv[2] ?? 3)
/** Another checkout of the project, built, to be measured beside this one. */
const other = process.argv[3]

const folder = mkdtempSync(join(tmpdir(), 'responses-conformance-cpu-'))
const empty = join(folder, 'empty')
mkdirSync(empty)
writeFileSync(
  join(empty, 'empty.test.js'),
  "import { test } from 'vitest'\ntest('is empty', () => {})\n",
)
writeFileSync(join(empty, 'package.json'), '{"type":"module"}')
symlinkSync(join(packageRoot, 'node_modules'), join(empty, 'node_modules'))

interface Cost {
  readonly cpu: number
  readonly megabytes: number
}

function measure(cwd: string, ...command: readonly string[]): Cost {
  const file = join(folder, 'time')
  const { status, stderr } = spawnSync(
    '/usr/bin/time',
    ['-q', '-o', file, '-f', '%U %S %M', ...command],
    { cwd, encoding: 'utf8' },
  )
  if (status !== 0 && status !== 1) throw new Error(`${command.join(' ')}: ${status} ${stderr}`)
  const [user = 0, system = 0, kilobytes = 0] = readFileSync(file, 'utf8')
    .trim()
    .split(' ')
    .map(Number)
  return { cpu: user + system, megabytes: kilobytes / 1024 }
}

// In a process of its own: this one waits for what it measures.
const mainOf = (root: string): string => join(root, 'dist', 'src', 'cli', 'main.js')
const server = spawn(process.execPath, [mainOf(packageRoot), 'serve'])
const [said] = (await once(server.stdout, 'data')) as [Buffer]
const [baseUrl = ''] = /http:\/\/\S+/.exec(said.toString()) ?? []
process.env['BENCH_KEY'] = 'test'
const out = join(folder, 'out')

function waysOf(name: string, root: string): readonly (readonly [string, () => Cost])[] {
  const main = mainOf(root)
  const run = (...args: readonly string[]): Cost => {
    rmSync(out, { recursive: true, force: true })
    return measure(folder, 'node', main, ...args, '--quiet', '--seed', 'bench', '--out', out)
  }
  const target = ['--base-url', baseUrl, '--model', 'reference', '--api-key-env', 'BENCH_KEY']
  return [
    [
      `${name}\`npm start\``,
      () =>
        measure(
          root,
          'npm',
          'start',
          '--silent',
          '--',
          'demo',
          '--quiet',
          '--seed',
          'bench',
          '--out',
          out,
        ),
    ],
    [`${name}main job, node alone`, () => run('demo')],
    [`${name}\`run --smoke\``, () => run('run', '--smoke', ...target)],
    [`${name}\`--help\``, () => measure(folder, 'node', main, '--help')],
  ]
}

const ways: readonly (readonly [string, () => Cost])[] = [
  ['`npx vitest run`, one empty test', () => measure(empty, 'npx', 'vitest', 'run')],
  ...(other === undefined ? [] : waysOf('before: ', other)),
  ...waysOf('', packageRoot),
]
const costs = ways.map((): Cost[] => [])
for (let round = 0; round < ROUNDS; round++) {
  for (const [index, [, work]] of ways.entries()) costs[index]!.push(work())
}
server.kill()
rmSync(folder, { recursive: true, force: true })

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
const yardstick = median(costs[0]!.map(({ cpu }) => cpu))
const day = new Date().toISOString().slice(0, 10)
process.stdout.write(
  [
    `${day}, Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${process.platform}`,
    '',
    '| what | CPU, median | to the empty run | largest process | CPU of each round |',
    '|---|---|---|---|---|',
    ...ways.map(([name], index) => {
      const all = costs[index]!
      const cpu = median(all.map((cost) => cost.cpu))
      const most = Math.round(median(all.map(({ megabytes }) => megabytes)))
      const rows = all.map((cost) => cost.cpu.toFixed(2)).join(', ')
      return `| ${name} | ${cpu.toFixed(2)} s | ${(cpu / yardstick).toFixed(1)} × | ${most} MB | ${rows} |`
    }),
    '',
  ].join('\n'),
)
