import { appendFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createBuiltInTarget } from '../../src/run/built-in-provider.ts'
import { formatProgress, watchProgress } from '../../src/cli/terminal/progress.ts'
import type { TargetPlan } from '../../src/run/plan-targets.ts'
import type { Output } from '../../src/base/current-environment.ts'
import { runCommandLine } from './command.ts'
import { createEmptyFolder } from '../empty-folder.ts'

const target = createBuiltInTarget('openai', 'http://127.0.0.1/v1')
const estimate = {
  requests: 20,
  seconds: 9,
  suites: [],
  inputTokens: 1,
  outputTokens: 1,
  again: 0,
  leftOut: [],
}
const plan: TargetPlan = { target, cases: Array.from({ length: 3 }), forecast: estimate } as never

const exchange = (tries: number) =>
  `${JSON.stringify({ kind: 'exchange', target: 'reference', tries, tokens: [700, 50] })}\n`
const judged = (check: string, outcome: string) =>
  `${JSON.stringify({ kind: 'case', target: 'reference', check, scenario: 'every', verdicts: [{ outcome, yardstick: 'openai' }] })}\n`

function stream(more: Partial<Output>) {
  let text = ''
  let heard = (): void => undefined
  const sink: Output = {
    ...more,
    write(piece) {
      text += piece
      heard()
    },
  }
  return {
    sink,
    text: () => text,
    /** Settles when this has been written. */
    written: (part: string) =>
      new Promise<void>((resolve) => {
        heard = () => text.includes(part) && resolve()
        heard()
      }),
  }
}

test('one line says requests, checks, failures, tokens and the time left', () => {
  const tally = {
    requests: 10,
    tokens: 7500,
    checks: new Set(['a', 'b']),
    waiting: new Set<string>(),
    failed: new Set(['a']),
  }
  expect(formatProgress(plan, tally, 60_000)).toBe(
    'reference  10/20 requests · 2/3 checks · 1 failed · 7 500 tokens · 60 s left',
  )
})

test('a request that takes long is named', () => {
  const waiting = new Set(['streaming/text#stream', 'basic/plain#plain'])
  const tally = { requests: 20, tokens: 0, checks: new Set(['a']), failed: new Set<string>() }
  expect(formatProgress(plan, { ...tally, waiting }, 60_000)).toMatch(
    / · waiting for streaming\/text#stream and 1 more$/,
  )
})

describe('following a journal', () => {
  test.each([true, false])('that is being written, live: %s', async (live) => {
    const journal = join(createEmptyFolder(), 'journal.jsonl')
    const { sink, text, written } = stream({ columns: 200, rows: 10 })
    const stop = watchProgress({
      plans: [plan],
      journal,
      stream: sink,
      live,
      verbose: true,
      everyMs: 10,
    })
    writeFileSync(journal, exchange(2) + judged('a/b', 'pass').slice(0, 30))
    await written('2/20 requests · 0/3 checks')
    appendFileSync(journal, judged('a/b', 'pass').slice(30) + judged('a/c', 'fail'))
    await written('2/3 checks')
    stop()
    expect(text()).toContain('reference  2/20 requests · 0/3 checks · 750 tokens\n')
    expect(text()).toContain('reference  2/20 requests · 2/3 checks · 1 failed · 750 tokens\n')
    expect(text().match(/✗ reference a\/c\n/g)).toHaveLength(1)
    expect(text().includes('\u001b')).toBe(live)
    if (live) expect(text().endsWith('\u001b[1A\u001b[0J')).toBe(true)
  })
})

test('a stop clears the live lines, and nothing is drawn over what is said then', async () => {
  const journal = join(createEmptyFolder(), 'journal.jsonl')
  writeFileSync(journal, exchange(1))
  const { sink, text, written } = stream({ columns: 0, rows: 0 })
  const controller = new AbortController()
  const watching = { plans: [plan], journal, stream: sink, live: true, verbose: false, everyMs: 5 }
  const stop = watchProgress({ ...watching, signal: controller.signal })
  // A terminal without a size is none of no size.
  await written('reference  1/20 requests · 0/3 checks · 750 tokens\n')
  controller.abort()
  sink.write('Stopping\n')
  stop()
  expect(text().endsWith('tokens\n\u001b[1A\u001b[0JStopping\n')).toBe(true)
})

test('progress goes to stderr, results to stdout, and quiet means neither but where they are', async () => {
  const check = ['--check', 'basic/answers-with-text']
  const cwd = createEmptyFolder()
  writeFileSync(join(cwd, '.env'), 'SOME_NAME=some-value\n')
  writeFileSync(join(cwd, 'responses-conformance.config.yaml'), 'out: found\n')
  const loud = await runCommandLine(['run', ...check], { cwd, env: { CI: '' } })
  expect(loud.stderr).toMatch(/^\.env: SOME_NAME\nConfiguration: .*\nreference: /)
  expect(loud.stdout).not.toContain('reference: ')
  expect(loud.stderr + loud.stdout).not.toContain('\u001b')
  const quiet = await runCommandLine(['run', ...check, '--quiet'], { cwd, env: { CI: '' } })
  expect(quiet.stderr).toBe('')
  expect(quiet.stdout).toBe(`Results: ${join(cwd, 'found')}\n`)
})
