// The packed package as a stranger gets it: installed into an empty project, run through its bin.
// Takes a minute and needs the registry or npm's cache: `npm run test:package`, not `npm test`.

import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, expect, test } from 'vitest'
import { packageRoot } from '../../src/base/package-root.ts'

const start = promisify(execFile)
/** Other package managers put themselves into the environment of what they start. */
const env = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(npm_|VITEST|NODE_ENV|CI$)/.test(name)),
)
const root = mkdtempSync(join(tmpdir(), 'responses-conformance-'))
const project = join(root, 'my project')

interface Packed {
  readonly filename: string
  readonly unpackedSize: number
  readonly files: readonly { readonly path: string }[]
}
let packed: Packed

/** Files that tools of the user would read; each would end a run that read it by accident. */
const TRAPS: Readonly<Record<string, string>> = {
  'vite.config.js': 'throw new Error("vite.config.js was read")',
  'vitest.config.js': 'throw new Error("vitest.config.js was read")',
  'vitest.workspace.js': 'throw new Error("vitest.workspace.js was read")',
  'postcss.config.cjs': 'throw new Error("postcss.config.cjs was read")',
  '.postcssrc': '{ broken',
  'tsconfig.json': '{ broken',
}

beforeAll(async () => {
  const arguments_ = ['pack', '--ignore-scripts', '--json', '--pack-destination', root]
  const { stdout } = await start('npm', arguments_, { cwd: packageRoot, env })
  packed = (JSON.parse(stdout) as readonly Packed[])[0]!
  mkdirSync(project)
  for (const [name, text] of Object.entries(TRAPS)) writeFileSync(join(project, name), text)
  writeFileSync(join(project, 'package.json'), '{ "private": true, "type": "module" }')
  const install = ['install', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund']
  await start('npm', [...install, join(root, packed.filename)], { cwd: project, env })
})

async function bin(...args: readonly string[]): Promise<{ code: number; text: string }> {
  const file = join(project, 'node_modules', '.bin', 'responses-conformance')
  return start(file, args, { cwd: project, env }).then(
    ({ stdout, stderr }) => ({ code: 0, text: stdout + stderr }),
    (error: { code: number; stdout: string; stderr: string }) => ({
      code: error.code,
      text: error.stdout + error.stderr,
    }),
  )
}

test('it is small, and holds no source, test or map', () => {
  expect(packed.unpackedSize).toBeLessThan(6_000_000)
  const odd = packed.files.filter(({ path }) =>
    /\.map$|(?<!\.d)\.tsx?$|^(tests\/(?!clients\/)|bench\/|results\/)/.test(path),
  )
  expect(odd).toEqual([])
})

test('the main job conforms, reads nothing of the project and writes one folder', async () => {
  const before = readdirSync(project).toSorted()
  const { code, text } = await bin('demo', '--suite', 'basic', '--out', 'found here')
  expect(text).not.toMatch(/was read|broken/)
  expect(text).toContain('conforms in what was asked: --suite basic · exit 0, gated by')
  expect(code).toBe(0)
  expect(readdirSync(project).toSorted()).toEqual([...before, 'found here'].toSorted())
  expect(readdirSync(join(project, 'found here'))).toEqual(
    expect.arrayContaining(['evidence', 'journal.jsonl', 'matrix.md', 'report.html', 'run.json']),
  )
})

test('everything that commands read is in it', async () => {
  expect(await bin('plan', '--suite', 'image')).toMatchObject({ code: 0 })
  expect(await bin('explain', 'basic/created-at-is-seconds')).toMatchObject({ code: 0 })
  expect((await bin('init', '--base-url', 'http://127.0.0.1:9/v1', '--out', 'o.yaml')).code).toBe(0)
  expect(await bin('audit', '--contract', 'o.yaml')).toMatchObject({ code: 0 })
})

test('a module of one’s own is loaded by the command', async () => {
  cpSync(join(packageRoot, 'tests', 'package', 'ours.mjs'), join(project, 'ours.mjs'))
  const options = ['--suite', 'ours', '--load', './ours.mjs', '--out', 'ours', '--quiet']
  expect(await bin('run', ...options)).toMatchObject({ code: 0 })
  const passed = readFileSync(join(project, 'ours', 'passed.txt'), 'utf8')
  expect(passed).toContain('ours/names-the-model')
})

test('the types are whole for a strict project', async () => {
  const options = {
    strict: true,
    noEmit: true,
    module: 'nodenext',
    target: 'es2023',
    types: [],
    skipLibCheck: true,
  }
  writeFileSync(
    join(project, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: options, files: ['gate.ts'] }),
  )
  writeFileSync(
    join(project, 'gate.ts'),
    `import { run, type Reporter, type RunResult, type Verdict } from 'responses-conformance'
import { defineCheck, holds } from 'responses-conformance/define'
import { startReference } from 'responses-conformance/reference'

export const failing = (result: RunResult): readonly Verdict[] =>
  result.verdicts.filter(({ outcome }) => outcome === 'fail')
export const reporter: Reporter = { name: 'x', title: 'x', render: (run) => ({ x: run.run.id }) }
export const check = defineCheck({
  id: 'ours/x', title: 'x', kind: 'wire', scenario: 'every', covers: [],
  judge: ({ exchange }) => (exchange.status === 200 ? holds : holds),
  mutants: [{ story: 'x' }],
})
const { url } = await startReference()
const { exitCode }: { exitCode: number } = await run({ out: 'x', baseUrl: url, model: 'reference' })
// @ts-expect-error There is no such option.
await run({ out: 'x', wrong: true })
process.exitCode = exitCode
declare const process: { exitCode: number }
`,
  )
  const tsc = join(packageRoot, 'node_modules', '.bin', 'tsc')
  const output = await start(tsc, ['-p', project], { cwd: project }).catch(
    (error: { stdout: string }) => error,
  )
  expect(output.stdout).toBe('')
})
