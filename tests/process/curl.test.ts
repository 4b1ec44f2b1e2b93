import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { formatCurlCommand } from '../../reporters/common/curl.ts'
import type { JsonObject, WireRequest } from '../../src/types/index.ts'

const target = {
  endpoint: 'https://a.example/v1',
  credential: { header: 'authorization', prefix: 'Bearer ', keyEnv: 'THE_KEY' },
  headers: {
    'x-region': "eu's $HOME",
    'x-org': 'a "b" `id` \\ $HOME ${ORG_KEY}',
    'x-of-the-step': 'configured',
  },
}

/** What a shell hands to curl: its arguments and its standard input. */
function heard(json: JsonObject): { readonly args: readonly string[]; readonly input: string } {
  const request: WireRequest = {
    operation: 'create',
    method: 'POST',
    path: '/responses',
    headers: { 'X-Of-The-Step': 'asked' },
    body: { json },
  }
  const told = `node -e 'console.log(JSON.stringify({ args: process.argv.slice(1), input: fs.readFileSync(0, "utf8") }))' -- "$@"`
  const script = `curl() { ${told}; }\n${formatCurlCommand(target, request)}\n`
  const text = execFileSync('bash', ['-s'], {
    input: script,
    env: { PATH: process.env['PATH'], THE_KEY: 'the key', ORG_KEY: 'org key' },
    encoding: 'utf8',
  })
  return JSON.parse(text) as ReturnType<typeof heard>
}

test('a shell passes on exactly what was asked, with the key of its own environment', () => {
  const json = { input: `it's "$HOME" \`id\` \\ ! $(id)\n` }
  const { args } = heard(json)
  expect(args).toContain('authorization: Bearer the key')
  expect(args).toContain('https://a.example/v1/responses')
  expect(args).toContain("x-region: eu's $HOME")
  expect(args).toContain('x-org: a "b" `id` \\ $HOME org key')
  expect(args.filter((arg) => /^x-of-the-step/i.test(arg))).toEqual(['X-Of-The-Step: asked'])
  expect(args.at(-1)).toBe(JSON.stringify(json))
})

test('a body that is too large for an argument comes on standard input', () => {
  const json = { input: `it's ${'x$(id)'.repeat(40_000)}` }
  const { args, input } = heard(json)
  expect(args.at(-1)).toBe('@-')
  expect(input).toBe(`${JSON.stringify(json)}\n`)
})
