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

describe('compare', () => {
  test('shows each need by target, and blockers with the request to paste', async () => {
    const { urls, close } = await providers({}, milliseconds)
    const { code, stdout } = await runCommandLine(
      [
        'compare',
        '--target',
        `good=${urls[0]}`,
        '--target',
        `bad=${urls[1]}`,
        '--needs',
        'basic,json',
      ],
      { env },
    )
    await close()
    expect(code).toBe(1)
    expect(stdout).toMatch(/^ +good +bad$/m)
    expect(stdout).toMatch(/^ +basic +[✓◐] (\d+)\/\1 +✗ \d+\/\d+$/m)
    expect(stdout).toMatch(/^ +structured-output +[✓◐] (\d+)\/\1/m)
    expect(stdout).not.toContain('good: ')
    expect(stdout).toMatch(/^bad: \d+ blockers?$/m)
    expect(stdout).toContain('(basic/created-at-is-seconds)')
    expect(stdout).toContain('-H "authorization: Bearer $K"')
    expect(stdout).not.toContain(FRONT_KEY)
    expect(stdout).toMatch(/^ +requests +\d+ +\d+$/m)
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
