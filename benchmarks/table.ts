// Every figure that has a goal, in one table: `npm run bench` writes docs/benchmarks.md, in eight minutes on two idle
// cores. `npm run bench -- cpu growth` measures some parts, and prints them alone.

import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { packageRoot } from '../src/base/package-root.ts'
import type { FigurePart } from './measure-command.ts'

const PARTS = ['cpu', 'spending', 'stream', 'growth', 'overhead']
const chosen = process.argv.slice(2)

function measure(name: string): FigurePart {
  const file = join(packageRoot, 'benchmarks', `${name}.ts`)
  process.stderr.write(`${name} …\n`)
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--expose-gc', '--import', 'tsx', file],
    { encoding: 'utf8', maxBuffer: 1e8, cwd: packageRoot, env: { ...process.env, ROUNDS: '5' } },
  )
  const [last = ''] = stdout.trim().split('\n').slice(-1)
  if (status === 0) return JSON.parse(last) as FigurePart
  process.stderr.write(stderr)
  return { title: name, goals: [[name, '', `not measured: it ended with ${status}`]], rows: [] }
}

const parts = (chosen.length > 0 ? chosen : PARTS).map(measure)
const day = new Date().toISOString().slice(0, 10)
const text = [
  '# Figures',
  '',
  'Written by `npm run bench`: each figure beside its goal, and the rows behind it. Ratios hold on other machines, seconds',
  'are of this one. Nothing here decides whether the tests are green.',
  '',
  `${day}, Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${process.platform}`,
  '',
  '| what | goal | seen |',
  '|---|---|---|',
  ...parts.flatMap(({ goals }) => goals.map((cells) => `| ${cells.join(' | ')} |`)),
  ...parts.flatMap(({ title, rows }) => ['', `## ${title}`, '', ...rows]),
  '',
].join('\n')
if (chosen.length > 0) process.stdout.write(text)
else writeFileSync(join(packageRoot, 'docs', 'benchmarks.md'), text)
