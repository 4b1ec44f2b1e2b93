// The recipes for other systems than GitHub: their scripts as those would start them, with stand-ins for
// npx and for the system's own tools.

import { execFile } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { parse } from 'yaml'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startReference, type Reference } from '../../reference/main.ts'
import { packageRoot } from '../../src/base/package-root.ts'
import { createEmptyFolder } from '../empty-folder.ts'

let server: Reference
beforeAll(async () => {
  server = await startReference()
})
afterAll(() => server.close())

const recipe = (name: string): string =>
  readFileSync(join(packageRoot, 'docs', 'recipes', name), 'utf8')

/** npx asks for the package by name; here it is this one, and one check is enough. */
const NPX = `#!/bin/bash
[ "$1" = --yes ] && shift
[[ "$1" =~ ^responses-conformance@[0-9.]+$ ]] || exit 90
shift
[ "$1" = run ] && set -- "$@" --check basic/object-type
exec "${process.execPath}" "${join(packageRoot, 'dist', 'src', 'cli', 'main.js')}" "$@"
`
const AGENT = `#!/bin/bash
[ "$1" = annotate ] && cat > annotated
exit 0
`

function prepare(): string {
  const cwd = createEmptyFolder()
  mkdirSync(join(cwd, 'bin'))
  for (const [name, text] of Object.entries({ npx: NPX, 'buildkite-agent': AGENT })) {
    writeFileSync(join(cwd, 'bin', name), text)
    chmodSync(join(cwd, 'bin', name), 0o755)
  }
  writeFileSync(join(cwd, 'responses-conformance.baseline.yaml'), 'entries: []\n')
  return cwd
}

/** A script as the shell of a job runs it: it ends at the first command that fails. */
function execute(
  script: string,
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): Promise<{ readonly code: number; readonly text: string }> {
  const PATH = `${join(cwd, 'bin')}${delimiter}${process.env['PATH']}`
  const all = { PATH, HOME: process.env['HOME'], CI: 'true', BASE_URL: server.url, ...env }
  return new Promise((resolve) =>
    execFile('bash', ['-e', '-c', script], { cwd, env: all }, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), text: stdout + stderr }),
    ),
  )
}

const KEY = { MODEL: 'reference', STAGING_KEY: 'test' }

test('GitLab: shards, and a job that joins them', async () => {
  const { conformance, gate } = parse(recipe('gitlab-ci.yml')) as {
    conformance: { parallel: number; script: string[]; allow_failure: { exit_codes: number[] } }
    gate: { script: string[]; artifacts: { reports: { junit: string } } }
  }
  const cwd = prepare()
  for (let index = 1; index <= conformance.parallel; index++) {
    const env = { ...KEY, CI_NODE_INDEX: `${index}`, CI_NODE_TOTAL: `${conformance.parallel}` }
    const { code } = await execute(conformance.script.join('\n'), cwd, env)
    expect([0, ...conformance.allow_failure.exit_codes]).toContain(code)
  }
  const { code, text } = await execute(gate.script.join('\n'), cwd)
  expect([code, text]).toEqual([0, expect.stringContaining('conforms in what was asked')])
  expect(existsSync(join(cwd, gate.artifacts.reports.junit))).toBe(true)
  // Without its key a shard is wrong use, which no exit code allows.
  const env = { MODEL: 'reference', CI_NODE_INDEX: '1', CI_NODE_TOTAL: '3' }
  expect((await execute(conformance.script.join('\n'), cwd, env)).code).toBe(2)
})

test('Buildkite: shards, a job that joins them, and the annotation', async () => {
  const { steps } = parse(recipe('buildkite.yml')) as {
    steps: { command: string; parallelism?: number; soft_fail?: { exit_status: number }[] }[]
  }
  const [ask, decide] = steps
  const cwd = prepare()
  // What is doubled is for the agent, which leaves one.
  const script = (command: string): string => command.replaceAll('$$', '$')
  for (let index = 0; index < ask!.parallelism!; index++) {
    const { code } = await execute(script(ask!.command), cwd, {
      ...KEY,
      BUILDKITE_PARALLEL_JOB: `${index}`,
      BUILDKITE_PARALLEL_JOB_COUNT: `${ask!.parallelism}`,
    })
    expect([0, ...ask!.soft_fail!.map(({ exit_status }) => exit_status)]).toContain(code)
  }
  expect((await execute(script(decide!.command), cwd)).code).toBe(0)
  expect(readFileSync(join(cwd, 'annotated'), 'utf8')).toContain(
    '# Responses API conformance: conforms',
  )
})

test('Jenkins: one stage, red for every exit code but 0', async () => {
  const text = recipe('Jenkinsfile')
  const script = /sh '''([^]*?)'''/.exec(text)![1]!.replaceAll('\\\n', '\\\n')
  const cwd = prepare()
  expect((await execute(script, cwd, KEY)).code).toBe(0)
  expect(existsSync(join(cwd, /junit testResults: '([^']+)'/.exec(text)![1]!))).toBe(true)
  expect((await execute(script, cwd, { ...KEY, BASE_URL: 'http://127.0.0.1:9/v1' })).code).toBe(3)
})
