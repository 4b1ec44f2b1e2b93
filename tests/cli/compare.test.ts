import { describe, expect, test } from 'vitest'
import { startReference } from '../../reference/main.ts'
import { mapJson, mapResponse } from '../../src/authoring/define.ts'
import type { Mutation } from '../../src/types/index.ts'
import { runCommandLine } from './command.ts'

const FRONT_KEY = 'a-key-of-a-compare-test'
const env = { K: FRONT_KEY }

/** Starts a provider for each sabotage, and describes each as a target. */
async function providers(...mutations: readonly Mutation[]) {
  const servers = await Promise.all(
    mutations.map((mutation) => startReference({ keys: [FRONT_KEY], mutant: mutation })),
  )
  return {
    urls: servers.map(({ url }) => `${url},model=reference,api-key-env=K`),
    close: () => Promise.all(servers.map((server) => server.close())),
  }
}

const milliseconds: Mutation = {
  reply: (reply) =>
    mapResponse(reply, (response) => ({
      ...response,
      created_at: Number(response['created_at']) * 1000,
    })),
}
const noUsage: Mutation = {
  reply: (reply) => mapJson(reply, (body) => ({ ...body, usage: {} })),
}
const both: Mutation = {
  reply: (reply, request) => noUsage.reply!(milliseconds.reply!(reply, request), request),
}

const worst: Mutation = {
  reply: (reply, request) =>
    mapJson(milliseconds.reply!(reply, request), (body) => ({ ...body, object: 'completion' })),
}

describe('compare', () => {
  test('fits on one screen: a line for each target, the best first, and why not', async () => {
    const { urls, close } = await providers(worst, {}, milliseconds)
    const named = ['worst', 'good', 'bad'].flatMap((name, index) => [
      '--target',
      `${name}=${urls[index]}`,
    ])
    const asked = ['--needs', 'basic,json', '--client', 'codex', '--price', 'good=1/2']
    const { code, stdout } = await runCommandLine(['compare', ...named, ...asked], { env })
    await close()
    expect(code).toBe(1)
    const lines = stdout.trimEnd().split('\n')
    expect(lines.length).toBeLessThan(24)
    expect(Math.max(...lines.map((line) => [...line].length))).toBeLessThanOrEqual(140)
    expect(lines[0]).toMatch(
      /^ +basic +structured-output +codex +tokens +cost +first reason against$/,
    )
    expect(lines[1]).toMatch(
      /^[✓◐] good +[✓◐] (\d+)\/\1 +[✓◐] (\d+)\/\2 +✓ works +[\d ]+ +0\.0\d+ +–$/,
    )
    expect(lines[2]).toMatch(/^✗ bad +✗ \d+\/\d+ .* [\d ]+ +– +\S.*$/)
    expect(lines[3]).toMatch(/^✗ worst +✗ \d+\/\d+ /)
    expect(stdout).toContain('All that is needed: good')
  })

  test('shows each reason with the request to paste, for whoever asks', async () => {
    const { urls, close } = await providers({}, milliseconds)
    const named = ['--target', `good=${urls[0]}`, '--target', `bad=${urls[1]}`]
    const { stdout } = await runCommandLine(
      ['compare', ...named, '--needs', 'basic', '--verbose', '--quiet'],
      { env },
    )
    await close()
    expect(stdout).not.toContain('good: ')
    expect(stdout).toMatch(/^bad: \d+ blockers?$/m)
    expect(stdout).toContain('(basic/created-at-is-seconds)')
    expect(stdout).toContain('-H "authorization: Bearer $K"')
    expect(stdout).not.toContain(FRONT_KEY)
  })

  test('keeps to a budget of tokens, shared out', async () => {
    const { urls, close } = await providers({}, {})
    const named = ['--target', `one=${urls[0]}`, '--target', `two=${urls[1]}`]
    const budget = ['--budget', 'tokens=400', '--format', 'json', '--concurrency', '8']
    const { code, stdout } = await runCommandLine(['compare', ...named, ...budget], { env })
    await close()
    expect(code).toBe(6)
    const { targets } = JSON.parse(stdout) as {
      targets: { usage: { inputTokens: number; outputTokens: number } }[]
    }
    for (const { usage } of targets) {
      const spent = usage.inputTokens + usage.outputTokens
      expect(spent).toBeGreaterThanOrEqual(200)
      // No answer of the reference to these questions costs more than this.
      expect(spent).toBeLessThan(200 + 600)
    }
  })

  test('takes the relay from --base-url as well', async () => {
    const { urls, close } = await providers(both, noUsage)
    const [baseUrl] = urls[0]!.split(',')
    const relay = ['--base-url', baseUrl!, '--model', 'reference', '--api-key-env', 'K']
    const { code, stdout } = await runCommandLine(
      ['compare', ...relay, '--control', urls[1]!, '--needs', 'basic', '--quiet'],
      { env },
    )
    await close()
    expect([code, stdout]).toEqual([1, expect.stringMatching(/^✓ control/m)])
  })

  test('tells whose fault each failure is when the upstream is asked, too', async () => {
    const { urls, close } = await providers(both, noUsage)
    const { code, stdout } = await runCommandLine(
      [
        'compare',
        '--target',
        `relay=${urls[0]}`,
        '--control',
        urls[1]!,
        '--needs',
        'basic',
        'usage',
        '--format',
        'json',
      ],
      { env },
    )
    await close()
    expect(code).toBe(1)
    const { targets } = JSON.parse(stdout) as {
      targets: { target: string; blockers: { check: string; fault?: string }[] }[]
    }
    const faults = new Map(
      targets
        .find(({ target }) => target === 'relay')!
        .blockers.map(({ check, fault }) => [check, fault]),
    )
    expect(faults.get('basic/created-at-is-seconds')).toBe('ours')
    expect([...faults.values()]).toContain('upstream')
    expect(targets.map(({ target }) => target)).toEqual(['relay', 'control'])
  })

  test.each([
    [['compare', '--target', 'a=http://a.example,model=x'], 'at least two targets'],
    [['compare', '--needs', 'tols'], 'did you mean "tools"?'],
    [['compare', '--client', 'codx'], 'at least two targets'],
    [['compare', '--price', 'a=cheap'], 'is not of the form NAME=IN/OUT'],
    [['compare', '--budget', 'money=3'], 'tokens=N, requests=N'],
    [['compare', '--target', 'nonsense'], 'is not of the form NAME=URL'],
    [['compare', '--target', 'a=http://a.example,modle=x'], 'did you mean "model"?'],
    [
      ['compare', '--target', 'a=http://a.example,model=x', '--target', 'a=http://b.example'],
      'Two targets are called "a"',
    ],
    [['compare', '--target', 'a=http://a.example,rate=fast,model=x'], 'a whole number'],
  ])('refuses %j', async (args, said) => {
    const { code, stdout, stderr } = await runCommandLine(args)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(said)
    expect(stderr).not.toMatch(/^\s+at /m)
  })
})
