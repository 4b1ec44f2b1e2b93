// npm run generate: writes every generated file anew.
//
//     npm run generate [-- --kill-matrix]     with the kill matrix it takes minutes
//
// A generated file is what a test compares with `toMatchFileSnapshot`: the tests that do are run, and
// write instead of comparing. So what is written and what is demanded cannot differ.

import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startVitest } from 'vitest/node'
import { packageRoot } from '../src/base/package-root.ts'

const { values } = parseArgs({ options: { 'kill-matrix': { type: 'boolean' } } })
const files = readdirSync(join(packageRoot, 'tests'), { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.test\.tsx?$/.test(name))
  .map((name) => join(packageRoot, 'tests', name))
  .filter((name) => readFileSync(name, 'utf8').includes('.toMatchFileSnapshot('))
const vitest = await startVitest('test', files, {
  root: packageRoot,
  watch: false,
  update: true,
  reporters: ['dot'],
})
await vitest.close()
if (values['kill-matrix'] === true) {
  execFileSync('npx', ['tsx', 'tests/kill-matrix/compute.ts'], {
    cwd: packageRoot,
    stdio: 'inherit',
  })
}
console.log('`git status` shows what has changed.')
