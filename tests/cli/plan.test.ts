import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readRunResult } from '../../src/result/run-json.ts'
import { runCommandLine } from './command.ts'
import { createEmptyFolder } from '../empty-folder.ts'

interface Plan {
  readonly target: string
  readonly requests: number
  readonly inputTokens: number
  readonly outputTokens: number
  readonly suites: readonly { readonly feature: string; readonly requests: number }[]
}

async function plan(...args: readonly string[]): Promise<readonly Plan[]> {
  const { code, stdout, stderr } = await runCommandLine(['plan', ...args, '--format', 'json'])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return JSON.parse(stdout) as readonly Plan[]
}

describe('plan', () => {
  test('foretells what the run then sends, and the run says it in one line', async () => {
    const select = ['--suite', 'basic', 'tool', 'streaming', 'stateful']
    const planned = await plan(...select)
    const out = join(createEmptyFolder(), 'out')
    const { stderr } = await runCommandLine(['demo', ...select, '--out', out])
    const file = join(out, 'run.json')
    const { targets } = readRunResult(readFileSync(file, 'utf8'), file)
    for (const { id, usage } of targets) {
      const foretold = planned.find(({ target }) => target === id)!
      expect(stderr).toContain(`${id}: ${foretold.requests} requests, about `)
      expect(Math.abs(foretold.requests - usage.requests)).toBeLessThanOrEqual(3)
      const ratio =
        (foretold.inputTokens + foretold.outputTokens) / (usage.inputTokens + usage.outputTokens)
      expect(ratio).toBeGreaterThan(0.6)
      expect(ratio).toBeLessThan(1.7)
    }
  })

  test('needs no key, and splits into shards that add up', async () => {
    const [whole] = await plan('crun')
    const shards = await Promise.all(['1/2', '2/2'].map((part) => plan('crun', '--shard', part)))
    const features = shards.flatMap(([one]) => one!.suites.map(({ feature }) => feature))
    // A scenario may serve checks of two suites, and then both shards.
    expect(new Set(features)).toEqual(new Set(whole!.suites.map(({ feature }) => feature)))
  })

  test.each(['basic/has-an-id', 'streaming/counts-upwards', 'image/accepted'])(
    'a check is asked something when it is asked for alone: %s',
    async (check) => {
      const [reference] = await plan('--check', check)
      expect(reference!.requests).toBeGreaterThan(0)
    },
  )

  test('says which cap would stop the run, and what is left out for want of what', async () => {
    const args = ['plan', 'anyfast', '--suite', 'basic', '--max-requests', '2', '--max-tokens', '9']
    const { stdout } = await runCommandLine(args)
    expect(stdout).toContain('the cap of 2 requests will stop it')
    expect(stdout).toContain('the cap of 9 tokens will stop it')
    expect(stdout).toMatch(/checks? left out: needs .*--expensive/)
  })

  test.each([
    [['plan', '--check', 'basic/has-an-di'], 'did you mean "basic/has-an-id"?'],
    [['plan', '--suite', 'streeming'], 'did you mean "streaming"?'],
    [['plan', '--shard', '3/2'], 'such as 2/3'],
    [['demo', '--check', 'nothing/*'], 'There is no check "nothing/*"'],
  ])('refuses %j', async (args, said) => {
    const { code, stdout, stderr } = await runCommandLine(args)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(said)
    expect(stderr).not.toMatch(/^\s+at /m)
  })
})
