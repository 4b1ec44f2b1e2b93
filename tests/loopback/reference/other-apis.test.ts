// Chat Completions and Messages beside Responses: what both share with it, and what they do not.

import { afterAll, expect, test } from 'vitest'
import { createFaults } from '../../../reference/delivery-faults.ts'
import type { Reference, ReferenceOptions } from '../../../reference/main.ts'
import { startReference } from '../../../reference/main.ts'
import type { Any } from './client.ts'
import {
  MESSAGES_HEADERS,
  messageTextIn,
  postMessage,
  readRefusedMessage,
  sayAsUser,
} from './messages-client.ts'

const reference = await startReference({ speak: ['chat', 'messages'] })
afterAll(() => reference.close())

async function withReference(
  options: ReferenceOptions,
  ask: (at: Reference) => Promise<void>,
): Promise<void> {
  const at = await startReference({ speak: ['responses', 'chat', 'messages'], ...options })
  try {
    await ask(at)
  } finally {
    await at.close()
  }
}

const CHAT = {
  path: '/chat/completions',
  headers: { 'content-type': 'application/json', authorization: 'Bearer test' },
}

test('neither is there unless asked for', async () => {
  await withReference({ speak: ['responses'] }, async (at) => {
    expect((await postMessage(at, sayAsUser('Hi'), { headers: CHAT.headers })).status).toBe(404)
    expect((await postMessage(at, sayAsUser('Hi'), CHAT)).status).toBe(404)
    expect((await postMessage(at, sayAsUser('Hi'))).status).toBe(401)
  })
})

test('Responses is not there unless asked for as well', async () => {
  const input = JSON.stringify({ model: 'reference', input: 'Hi' })
  expect((await postMessage(reference, input, { ...CHAT, path: '/responses' })).status).toBe(404)
})

test('a weak model is as weak there', async () => {
  await withReference({ weak: 'unknown' }, async (at) => {
    const texts = [
      messageTextIn(await (await postMessage(at, sayAsUser('Reply with exactly: x'))).json()),
      ((await (await postMessage(at, sayAsUser('Reply with exactly: x'), CHAT)).json()) as Any)
        .choices[0].message.content,
    ]
    expect(texts).toEqual(['unknown', 'unknown'])
  })
})

test('a mutant of Responses leaves them alone', async () => {
  const reply = (): Any => ({ status: 500, headers: {}, body: { none: true } })
  await withReference({ mutant: { reply } }, async (at) => {
    expect((await postMessage(at, sayAsUser('Hi'))).status).toBe(200)
    const input = { model: 'reference', input: 'Hi' }
    expect(
      (await postMessage(at, JSON.stringify(input), { ...CHAT, path: '/responses' })).status,
    ).toBe(500)
  })
})

test('the dialect of Responses does not change how they end', async () => {
  await withReference({ dialect: 'open-responses' }, async (at) => {
    const streams = [
      await postMessage(at, { ...sayAsUser('Hi'), stream: true }),
      await postMessage(at, { ...sayAsUser('Hi'), stream: true }, CHAT),
    ]
    const [messages, chat] = await Promise.all(streams.map((one) => one.text()))
    expect(messages).not.toContain('[DONE]')
    expect(chat!.match(/\[DONE\]/g)).toHaveLength(1)
  })
})

test('limits meet them, in their own shape', async () => {
  await withReference({ faults: { rateLimit: { requests: 1, per: 60_000 } } }, async (at) => {
    expect((await postMessage(at, sayAsUser('Hi'))).status).toBe(200)
    const limited = await postMessage(at, sayAsUser('Hi'))
    expect((await readRefusedMessage(limited)).slice(0, 2)).toEqual([429, 'rate_limit_error'])
    expect(limited.headers.get('retry-after')).not.toBeNull()
    const chat: Any = await (await postMessage(at, sayAsUser('Hi'), CHAT)).json()
    expect(chat.error.code).toBe('rate_limit_exceeded')
  })
})

test.each([
  ['/messages', MESSAGES_HEADERS, /^event: content_block_delta/],
  [CHAT.path, CHAT.headers, /"delta":\{"content"/],
])('a wait before each delta of %s', async (path, headers, delta) => {
  const text = await (
    await postMessage(reference, { ...sayAsUser('Hi'), stream: true }, { path, headers })
  ).text()
  const frames = text.split(/(?<=\n\n)/)
  const actions = frames.map((frame) => ({ bytes: Buffer.from(frame) }))
  const admitted = await createFaults({ firstToken: 800, tokenRate: 40 }, Date.now).admit()
  const paced = admitted.distort(actions)
  const awaited = paced.flatMap((action, index) => {
    const next = paced[index + 1]
    return 'wait' in action && next !== undefined && 'bytes' in next
      ? [[action.wait, String(next.bytes)]]
      : []
  })
  const deltas = frames.filter((frame) => delta.test(frame))
  expect(deltas.length).toBeGreaterThan(5)
  expect(awaited).toEqual(deltas.map((frame, index) => [index === 0 ? 800 : 25, frame]))
})
