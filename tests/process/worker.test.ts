// What ends a run from outside never ends it without a word: time, a dead worker, a closed terminal,
// a folder that is gone.

import { execFileSync, type ChildProcess } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { startReference, type Reference } from '../../reference/main.ts'
import { mapJson } from '../../src/authoring/define.ts'
import { readJournal } from '../../src/evidence/journal.ts'
import { loadRequirements } from '../../src/plan/requirements/requirement-catalogue.ts'
import { readRunResult } from '../../src/result/run-json.ts'
import type { RunResult } from '../../src/types/index.ts'
import { createEmptyFolder } from '../empty-folder.ts'
import { http, type Serving } from '../field/hostile/serve.ts'
import { spawnCommand, type Ended } from './spawn-command.ts'

const KEY = 'a-key-for-workers-0123456789'
const servers: (Reference | Serving)[] = []
afterAll(() => Promise.all(servers.map((server) => server.close())))

/** Runs, and acts once the journal has a line that holds these words. */
async function runUntil(
  url: string,
  words: string,
  act: (child: ChildProcess, out: string) => void,
  more: readonly string[] = [],
): Promise<Ended & { readonly out: string }> {
  const out = join(createEmptyFolder(), 'out')
  const args = ['run', '--base-url', url, '--model', 'reference', '--api-key-env', 'WORKER_KEY']
  const finished = await spawnCommand([...args, '--concurrency', '1', '--out', out, ...more], {
    env: { WORKER_KEY: KEY },
    onStart(child) {
      const look = setInterval(() => {
        if (child.exitCode !== null) return void clearInterval(look)
        if (!journalOf(out).includes(words)) return
        clearInterval(look)
        act(child, out)
      }, 20)
    },
  })
  return { ...finished, out }
}

function journalOf(out: string): string {
  try {
    return readFileSync(join(out, 'journal.jsonl'), 'utf8')
  } catch {
    return ''
  }
}

function resultIn(out: string): RunResult {
  return readRunResult(readFileSync(join(out, 'run.json'), 'utf8'), out)
}

function killWorker({ pid }: ChildProcess): void {
  const workers = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter(([, parent]) => parent === pid)
  expect(workers.length).toBe(1)
  process.kill(workers[0]![0]!, 'SIGKILL')
}

test('a worker that is killed leaves an incomplete result with everything that was judged', async () => {
  const server = await startReference({ keys: [KEY], faults: { latency: 50 } })
  servers.push(server)
  const { code, out, stderr } = await runUntil(server.url, '"kind":"case"', killWorker)
  const { run, verdicts } = resultIn(out)
  expect([code, run.complete]).toEqual([3, false])
  expect(run.incomplete).toMatch(/process that asks and judges died/)
  expect(verdicts.length).toBeGreaterThan(0)
  expect(stderr).not.toMatch(/^\s+at /m)
  const kinds = readJournal(join(out, 'journal.jsonl')).map(({ kind }) => kind)
  expect(kinds.slice(-2)).toEqual(['interrupted', 'end'])
})

test('a violation that was proven before stays one', async () => {
  const mutation = {
    reply: (reply: Parameters<typeof mapJson>[0]) =>
      mapJson(reply, (body) => ({ ...body, status: 'done' })),
  }
  const server = await startReference({ keys: [KEY], mutant: mutation, faults: { latency: 50 } })
  servers.push(server)
  const { code, out } = await runUntil(server.url, '"outcome":"fail"', killWorker)
  expect([code, resultIn(out).run.complete]).toEqual([1, false])
})

test('a worker out of memory is said to be that, without a stack', async () => {
  const server = await startReference({ keys: [KEY] })
  servers.push(server)
  const module = join(createEmptyFolder(), 'greedy.mjs')
  writeFileSync(
    module,
    `export default {
      id: 'ours/greedy', title: 'Takes all memory.', kind: 'wire', scenario: 'every',
      covers: [${JSON.stringify([...loadRequirements().keys()][0])}],
      mutant: { story: 'none', reply: (reply) => reply },
      judge() { for (const all = []; ; ) all.push(Array.from({ length: 1000 }, () => ({}))) },
    }`,
  )
  const out = join(createEmptyFolder(), 'out')
  const args = [
    'run',
    '--base-url',
    server.url,
    '--model',
    'reference',
    '--api-key-env',
    'WORKER_KEY',
  ]
  const { code, stderr } = await spawnCommand(
    [...args, '--load', module, '--check', 'ours/*', 'basic/*', '--out', out],
    {
      env: { WORKER_KEY: KEY, NODE_OPTIONS: '--max-old-space-size=160' },
    },
  )
  expect([code, stderr]).toEqual([3, expect.not.stringMatching(/^\s+at |0x[0-9a-f]{8}/m)])
  expect(resultIn(out).run.incomplete).toMatch(/ran out of memory/)
})

test('a provider that asks for patience without end is given the time of the whole run', async () => {
  let asked = 0
  const server = await http((_, response) => {
    // The first question shows that there is an endpoint.
    if (asked++ === 0) response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
    else response.writeHead(429, { 'retry-after': '100', 'content-length': '0' }).end()
  })()
  servers.push(server)
  const out = join(createEmptyFolder(), 'out')
  const args = ['run', '--base-url', server.url, '--model', 'm', '--smoke', '--max-time', '2']
  const { code } = await spawnCommand([...args, '--out', out])
  expect([code, resultIn(out).run.incomplete]).toEqual([
    3,
    'the whole run took longer than 2 s, its limit (--max-time)',
  ])
})

test('a terminal that is closed gets its results written', async () => {
  const server = await startReference({ keys: [KEY], faults: { latency: 50 } })
  servers.push(server)
  const { code, out } = await runUntil(
    server.url,
    '"kind":"case"',
    (child) => void child.kill('SIGHUP'),
  )
  expect([code, resultIn(out).run.incomplete]).toEqual([3, 'the run was interrupted'])
})

test('a folder that is removed meanwhile is said to be, and is no fault of ours', async () => {
  const server = await startReference({ keys: [KEY], faults: { latency: 50 } })
  servers.push(server)
  const { code, stderr } = await runUntil(
    server.url,
    '"kind":"case"',
    (_, out) => rmSync(out, { recursive: true, force: true }),
    ['--check', 'basic/*'],
  )
  expect([2, 3]).toContain(code)
  expect(stderr).not.toMatch(/^\s+at |fault of responses-conformance/m)
})
