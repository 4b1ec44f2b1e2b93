// Clients that nobody here wrote get from the reference what they ask for.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startReference, type Reference } from '../../reference/main.ts'
import {
  findManifest,
  INSTALL,
  listDrivableClients,
  listInstalledClients,
} from '../../src/drivers/client-folders.ts'
import { startDriver } from '../../src/drivers/driver-process.ts'
import { startClient, type ClientDriver } from '../../src/drivers/start-client.ts'
import { clientProfileOf } from '../../src/clients/profile.ts'

const KEY = 'reference-key-of-a-real-client'
const SENTENCE = 'a blue lantern over the harbour — 港'
const KESTREL = { object: { word: 'kestrel' } }
const WEATHER = {
  calls: [{ city: 'Paris' }, { city: 'Oslo' }],
}
const REPORT = '21 degrees in Paris\n21 degrees in Oslo'

const installed = listInstalledClients()
const absent = listDrivableClients().filter((client) => !installed.includes(client))
if (absent.length > 0) {
  console.warn(`Not installed, not tested: ${absent.join(', ')}. Write: ${INSTALL}`)
}

/** What each flow must come to, whatever else the client tells. */
const expected: Readonly<Record<string, unknown>> = {
  text: { text: SENTENCE },
  iterate: { text: SENTENCE, ended: 'completed' },
  stream: { text: SENTENCE },
  tools: { ...WEATHER, text: REPORT },
  'stream-tools': WEATHER,
  structured: KESTREL,
  'stream-structured': KESTREL,
  'multi-turn': KESTREL,
  chained: KESTREL,
  kept: { same: true, items: ['1', '2', '3'].map((n) => `Reply with exactly: ${n}`), gone: 404 },
  background: { begun: 'queued', ended: 'completed', text: SENTENCE },
  cancel: { status: 'cancelled' },
  resume: { text: SENTENCE, ended: 'completed' },
  replay: { text: SENTENCE, status: 'completed' },
  count: { counted: true },
  image: { text: expect.stringContaining('ZX7-4F9A21C0') },
  'image-result': { text: expect.stringContaining('ZX7-4F9A21C0') },
  file: { text: expect.stringContaining('ZX7-4F9A21C0') },
  conversation: { ...KESTREL, items: ['message', 'message'] },
  'structured-tool': KESTREL,
}

/** Where clients tell one thing under different names. */
const own: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'openai-6': { stream: { live: SENTENCE, text: SENTENCE, usage: true } },
  'openai-7': { stream: { live: SENTENCE, text: SENTENCE, usage: true } },
  'openai-python': {
    stream: { live: SENTENCE, text: SENTENCE, usage: true },
    // Its lists fetch the next page by themselves.
    conversation: { ...KESTREL, items: ['message', 'message', 'message', 'message'] },
  },
  'agents-python': {
    stream: { live: SENTENCE, text: SENTENCE, usage: true },
    'stream-tools': { ...WEATHER, live: REPORT, text: REPORT },
  },
  'langchain-python': { stream: { text: SENTENCE, usage: true } },
  'pydantic-ai': { stream: { text: SENTENCE, usage: true } },
  'async-openai': {
    // It takes every item of a list that has an id for a reference, and what else the item says is lost.
    kept: { same: true, items: [null, null, null], gone: 404 },
  },
  'llama-index': {
    // It goes on by an id in plain answers alone.
    chained: { text: expect.stringContaining('ZX7-4F9A21C0') },
  },
  agents: {
    stream: { live: SENTENCE, text: SENTENCE },
    'stream-tools': { ...WEATHER, live: REPORT, text: REPORT },
  },
  'ai-sdk-openai': {
    stream: { live: SENTENCE, finish: 'stop', usage: true },
    'stream-tools': { ...WEATHER, live: REPORT, finish: 'stop' },
  },
  'ai-sdk-open-responses': {
    stream: { live: SENTENCE, finish: 'stop', usage: true },
    'stream-tools': { ...WEATHER, live: REPORT, finish: 'stop' },
  },
  langchain: { stream: { text: SENTENCE, usage: true } },
  copilot: {
    stream: { text: SENTENCE },
    'stream-tools': { calls: ['tool-one', 'tool-two'], told: true },
  },
  opencode: {
    stream: { text: SENTENCE, finish: 'stop', usage: true },
    'stream-tools': { calls: ['tool-one', 'tool-two'], told: true, finish: 'stop', usage: true },
  },
  pi: {
    stream: { text: SENTENCE, usage: true },
    'stream-tools': { calls: ['tool-one', 'tool-two'], told: true, usage: true },
  },
  codex: {
    stream: { text: SENTENCE, usage: true },
    'stream-tools': { calls: ['tool-one', 'tool-two'], told: true, usage: true },
  },
}

/** State is the same in both dialects. */
const STATE: readonly string[] = ['kept', 'background', 'cancel', 'resume', 'replay', 'count']

for (const dialect of ['openai', 'open-responses'] as const) {
  describe.runIf(installed.length > 0)(`in the dialect ${dialect}`, () => {
    let reference: Reference
    const clients = new Map<string, ClientDriver>()

    beforeAll(async () => {
      reference = await startReference({ dialect, keys: [KEY] })
    })

    afterAll(async () => {
      for (const client of clients.values()) client.end()
      await reference.close()
    })

    // Programs send tools of kinds that Open Responses does not have, LlamaIndex always the field `user`.
    const names = installed.filter(
      (name) =>
        dialect === 'openai' ||
        (clientProfileOf(name)?.toolsAlways !== true && name !== 'llama-index'),
    )
    for (const name of names) {
      test(`${name} gets what it asks for`, async () => {
        const client = await startClient(name, {
          key: KEY,
          model: 'reference',
          trusted: true,
        })
        clients.set(name, client)
        for (const flow of client.flows) {
          if (dialect === 'open-responses' && STATE.includes(flow)) continue
          const told = await client.do(flow, reference.url, 600_000)
          const wanted = own[name]?.[flow] ?? expected[flow]
          expect(wanted, `nothing is expected of the flow ${flow}`).toBeDefined()
          expect(told, flow).toMatchObject({ value: wanted })
        }
      })
    }
  })
}

test.runIf(installed.includes('openai-6'))('a client ends when its starter is gone', async () => {
  const driver = await startDriver(findManifest('openai-6')!, { key: KEY, model: 'reference' })
  expect(await driver.finish('close', 60_000)).toBe(0)
})
