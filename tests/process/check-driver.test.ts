// Drivers that are wrong in one way each: what is the driver's fault, the client's, or the installation's is told apart.

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { checkDriver } from '../../src/drivers/check-driver.ts'
import { findManifest } from '../../src/drivers/client-folders.ts'
import { startClient } from '../../src/drivers/start-client.ts'
import { createEmptyFolder } from '../empty-folder.ts'

const NOTHING = 'http://127.0.0.1:9/v1'

/** The rest of a driver; `say` writes a message, `ask` a request with a text. */
const DRIVER = `
import { createInterface } from 'node:readline'
const say = (message) => process.stdout.write(JSON.stringify(message) + '\\n')
const hello = (more) => say({ hello: { protocol: 1, client: process.cwd().split('/').at(-1), package: 'npm:fake',
  version: '1.0.0', language: 'javascript', runtime: 'Node.js', depends: {}, scenarios: ['text'], slowness: 1, ...more } })
async function ask({ base_url, model }) {
  const answer = await fetch(base_url + '/responses', { method: 'POST', signal: AbortSignal.timeout(5000),
    headers: { authorization: 'Bearer ' + process.env.CLIENT_API_KEY, 'content-type': 'application/json' },
    body: JSON.stringify({ model, input: 'Reply with exactly: yes' }) })
  if (!answer.ok) throw Object.assign(new Error('refused'), { status: answer.status })
  const { output } = await answer.json()
  return { text: output[0].content[0].text }
}
let trouble = async ({ id }, value) => say({ id, value })
let before = () => undefined
let end = () => process.exit(0)
//HERE
createInterface({ input: process.stdin }).on('line', async (line) => {
  const message = JSON.parse(line)
  if (message.end) return end()
  if (message.scenario !== 'text') return say({ id: message.id, skipped: 'unknown' })
  try {
    before()
    await trouble(message, await ask(message))
  } catch ({ name, message: words, status }) {
    say({ id: message.id, error: { name, message: words, status } })
  }
}).on('close', () => end())
`
const HELLO = 'hello({})\n'

function writeClient(code: string, more: Readonly<Record<string, unknown>> = {}): string {
  const folder = createEmptyFolder()
  writeFileSync(join(folder, 'driver.mjs'), DRIVER.replace('//HERE', code))
  const manifest = {
    language: 'javascript',
    package: 'npm:fake',
    install: [],
    installed: 'driver.mjs',
    command: ['node', 'driver.mjs'],
    ...more,
  }
  writeFileSync(join(folder, 'client.yaml'), JSON.stringify(manifest))
  return folder
}

async function wrongOf(
  code: string,
  more: Readonly<Record<string, unknown>> = {},
): Promise<readonly string[]> {
  const checks = await checkDriver(findManifest(writeClient(code, more))!, {
    onCheck: () => undefined,
    startMs: code === '' ? 1_500 : 30_000,
    limitMs: code.includes('never') ? 1_500 : 30_000,
  })
  return checks.flatMap(({ title, wrong }) => (wrong === undefined ? [] : [`${title}: ${wrong}`]))
}

/** What a driver does, how, what is said of it, and what its manifest says besides. */
const WRONG: readonly (readonly [string, string, string, Readonly<Record<string, unknown>>?])[] = [
  ['says nothing', '', 'starts: its driver is wrong (silent): it said no hello'],
  [
    'ends before its hello',
    `console.error('no module'); process.exit(1)`,
    'starts: its driver is wrong (died): it ended with exit code 1: no module',
  ],
  ['has no client', `process.exit(3)`, 'starts: its installation is wrong (not-installed)'],
  ['prints first', `console.log('Welcome!'); ${HELLO}`, 'starts: its driver is wrong (noise)'],
  ['speaks another protocol', `hello({ protocol: 2 })`, 'its protocol is not 1'],
  [
    'floods at the start',
    `setInterval(() => process.stdout.write('x'.repeat(1e6)), 1)`,
    'starts: its driver is wrong (flood)',
  ],
  [
    'has another name',
    `hello({ client: 'other' })`,
    'says who it is: its driver is wrong: it calls itself other',
  ],
  ['invents a scenario', `hello({ scenarios: ['text', 'dance'] })`, 'there is no scenario dance'],
  [
    'prints while it works',
    `${HELLO} before = () => console.log('debug')`,
    'does text: its driver is wrong (noise)',
  ],
  [
    'floods while it works',
    `${HELLO} before = () => process.stdout.write('x'.repeat(2e6))`,
    'does text: its driver is wrong (flood)',
  ],
  [
    'pours lines that nobody asked for',
    `${HELLO} end = () => setInterval(() => process.stdout.write('{"id":1}\\n'.repeat(1e5)), 1)`,
    'ends with 0 when its input ends: its driver is wrong',
  ],
  [
    'has more scenarios than anybody asks',
    `hello({ scenarios: Array.from({ length: 101 }, (_, n) => 'text-' + n) })`,
    'its scenarios are more than 100',
  ],
  [
    'answers another id',
    `${HELLO} trouble = async ({ id }, value) => say({ id: id + 1, value })`,
    'does text: its driver is wrong (wrong-id)',
  ],
  [
    'answers twice',
    `${HELLO} trouble = async ({ id }, value) => { say({ id, value }); say({ id, value }) }`,
    'does text: its driver is wrong (wrong-id)',
  ],
  [
    'says a value and an error',
    `${HELLO} trouble = async ({ id }, value) => say({ id, value, error: { name: 'E' } })`,
    'does text: its driver is wrong (noise)',
  ],
  [
    'says what nobody asked for',
    `${HELLO} trouble = async ({ id }) => say({ id, value: { mood: 'good' } })`,
    'mood is no key of this scenario',
  ],
  [
    'tells the key',
    `${HELLO} trouble = async ({ id }) => say({ id, value: { text: process.env.CLIENT_API_KEY } })`,
    'it tells the key',
  ],
  [
    'draws lots',
    `${HELLO} let n = 0; trouble = async ({ id }) => say({ id, value: { text: String(n++) } })`,
    'does text: its driver is wrong: two values differ',
  ],
  [
    'ends in the middle',
    `${HELLO} before = () => process.exit(7)`,
    'does text: the client ends the process: it ended with exit code 7',
  ],
  [
    'hangs',
    `${HELLO} trouble = () => new Promise(() => {}) // never`,
    'does text: the client hangs at the right server',
  ],
  [
    'throws',
    `${HELLO} before = () => { throw new TypeError('no part') }`,
    'does text: the client throws at the right server: TypeError: no part',
  ],
  [
    'loops',
    `${HELLO} trouble = async (message) => { for (;;) await ask(message) }`,
    'does text: the client loops',
  ],
  [
    'cannot be run',
    HELLO,
    'starts: its installation is wrong (not-installed): it cannot be run',
    { command: ['./nothing-of-this-name'] },
  ],
  [
    'goes on when its input ends',
    `${HELLO} end = () => setInterval(() => {}, 1000) // never`,
    'ends with 0 when its input ends: its driver is wrong: it went on',
  ],
  ['ends with another code', `${HELLO} end = () => process.exit(4)`, 'its exit code is 4'],
  [
    'hides errors',
    `${HELLO} const real = ask; ask = (message) => real(message).catch(() => ({ text: 'yes' }))`,
    'it hides the error',
  ],
  [
    'tries again',
    `${HELLO} const once = ask; ask = (message) => once(message).catch(() => once(message))`,
    'it asked 2 times',
  ],
]

describe('a driver is checked', () => {
  test('and is right', async () => {
    expect(await wrongOf(HELLO)).toEqual([])
  })

  for (const [what, code, said, more] of WRONG) {
    test(`and ${what}`, async () => {
      expect((await wrongOf(code, more)).join('\n')).toContain(said)
    })
  }

  test('and is not installed', async () => {
    const folder = writeClient(HELLO, { installed: 'installed/driver' })
    await expect(startClient(folder, { key: 'k', model: 'm' })).rejects.toThrow('not installed')
  })

  test('a manifest that is wrong is told with all that is wrong in it', () => {
    const folder = writeClient(HELLO, { command: 'node driver.mjs', language: 7, shell: true })
    expect(() => findManifest(folder)).toThrow(
      /\/language: 7; .*\n.*\/command: .*\n.*\/shell: an unknown key/,
    )
  })
})

test('a command that no system can start is a mistake of the manifest', () => {
  const folder = writeClient(HELLO, { command: ['node', 'driver\u0000.mjs'] })
  expect(() => findManifest(folder)).toThrow(/\/command: .*write the driver/)
})

test('what ended is started anew for the next question', async () => {
  const client = await startClient(writeClient(`${HELLO} before = () => process.exit(7)`), {
    key: 'k',
    model: 'm',
  })
  const asked = [
    await client.do('text', NOTHING, 30_000),
    await client.do('other', NOTHING, 30_000),
  ]
  client.end()
  expect(asked).toEqual([
    { error: { name: 'Exit', message: 'it ended with exit code 7' } },
    { skipped: 'unknown' },
  ])
})

test('only an endpoint of ours may have commands run without a sandbox', async () => {
  const folder = writeClient(
    `${HELLO} ask = () => ({ text: String(process.env.CLIENT_TRUSTED ?? 'not trusted') })`,
  )
  const told = async (more: { readonly trusted?: boolean }): Promise<unknown> => {
    const client = await startClient(folder, { key: 'k', model: 'm', ...more })
    const result = await client.do('text', NOTHING, 30_000)
    client.end()
    return result
  }
  expect(await told({})).toEqual({ value: { text: 'not trusted' } })
  expect(await told({ trusted: true })).toEqual({ value: { text: '1' } })
})
