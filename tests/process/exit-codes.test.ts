// What of an exit code only a process shows: the code itself, and what its worker does not load.

import { cpSync, existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { packageRoot } from '../../src/base/package-root.ts'
import { FRONT_KEY, startFront } from '../cli/front.ts'
import { createEmptyFolder } from '../empty-folder.ts'
import { spawnCommand, type Ended, type Spawning } from './spawn-command.ts'

const correct = await startFront()
afterAll(() => correct.close())

function run(url: string, args: readonly string[], spawning: Spawning = {}): Promise<Ended> {
  const target = ['--base-url', url, '--model', 'reference', '--api-key-env', 'POLICY_KEY']
  const given = ['run', ...target, '--check', 'basic/object-type', '--out', 'out', ...args]
  return spawnCommand(given, { ...spawning, env: { POLICY_KEY: FRONT_KEY, ...spawning.env } })
}

test('0: it conforms; a planted configuration of other tools is not loaded', async () => {
  const cwd = createEmptyFolder()
  const trap = `writeFileSync(${JSON.stringify(join(cwd, 'trapped'))}, '')`
  for (const tool of ['vitest.config', 'vite.config', 'postcss.config', 'vitest.workspace']) {
    for (const end of ['cjs', 'js', 'mjs', 'ts', 'mts']) {
      const load =
        end === 'cjs'
          ? "const { writeFileSync } = require('node:fs')"
          : "import { writeFileSync } from 'node:fs'"
      writeFileSync(join(cwd, `${tool}.${end}`), `${load}\n${trap}\n`)
    }
  }
  writeFileSync(join(cwd, 'planted.cjs'), `const { writeFileSync } = require('node:fs')\n${trap}\n`)
  writeFileSync(join(cwd, 'tsconfig.json'), '{ "extends": "./nowhere.json", "include": 7 }')
  // Only .env is read, and what is already set stays as it is.
  for (const name of ['.env', '.env.local', '.env.test']) {
    writeFileSync(join(cwd, name), `POLICY_KEY=wrong\nNODE_OPTIONS=--require ./planted.cjs\n`)
  }
  const { code, stdout } = await run(correct.url, [], { cwd })
  expect([code, stdout]).toEqual([0, expect.stringContaining('Results: ')])
  expect(existsSync(join(cwd, 'trapped'))).toBe(false)
})

test('2: wrong use', async () => {
  const { code, stdout, stderr } = await spawnCommand(['run', '--speed', 'high'])
  expect([code, stdout, stderr]).toEqual([2, '', expect.stringContaining('--speed')])
})

test('5: a check of ours throws', async () => {
  const root = createEmptyFolder()
  for (const name of ['dist', 'specs', 'fixtures', 'package.json'])
    cpSync(join(packageRoot, name), join(root, name), { recursive: true })
  symlinkSync(join(packageRoot, 'node_modules'), join(root, 'node_modules'))
  const chunks = join(root, 'dist/src/chunks')
  const judged = /id: "basic\/object-type"[^]*?judge\([^)]*\) \{/
  for (const name of readdirSync(chunks)) {
    const source = readFileSync(join(chunks, name), 'utf8')
    if (!judged.test(source)) continue
    writeFileSync(
      join(chunks, name),
      source.replace(judged, '$& throw new Error("our own mistake");'),
    )
  }
  const { code, stderr } = await run(correct.url, [], { root })
  expect([code, stderr]).toEqual([5, expect.stringContaining('our own mistake')])
})
