import { once } from 'node:events'
import * as fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { startReference } from '../../../reference/main.ts'
import type { Any } from './client.ts'
import { clientOf, textOf, wordFormat } from './client.ts'

const reference = await startReference()
afterAll(() => reference.close())

interface Connection {
  send(frame: unknown): void
  /** The events of one turn. */
  turn(frame?: object): Promise<Any[]>
  close(): void
}

async function connect(key = 'test'): Promise<Connection> {
  const url = `${reference.url.replace('http', 'ws')}/responses`
  const socket = new WebSocket(url, { headers: { authorization: `Bearer ${key}` } })
  const waiting: ((event: Any) => void)[] = []
  const arrived: Any[] = []
  socket.on('message', (data) => {
    const event = JSON.parse(String(data))
    const next = waiting.shift()
    if (next === undefined) arrived.push(event)
    else next(event)
  })
  await once(socket, 'open')
  const next = (): Promise<Any> =>
    arrived.length > 0
      ? Promise.resolve(arrived.shift())
      : new Promise((resolve) => waiting.push(resolve))
  const send: Connection['send'] = (frame) =>
    socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame))
  return {
    send,
    close: () => socket.terminate(),
    turn: async (frame) => {
      if (frame !== undefined) send({ type: 'response.create', model: 'reference', ...frame })
      const events: Any[] = []
      for (;;) {
        const event = await next()
        events.push(event)
        if (/^(?:error|response\.(?:completed|incomplete|failed))$/.test(event.type)) return events
      }
    },
  }
}

test('answers one turn after the other, and remembers what is not stored', async () => {
  const connection = await connect()
  const first = await connection.turn({ input: 'The word is ZX7-00000005.', store: false })
  expect(first[0]).toMatchObject({ type: 'response.created', sequence_number: 0 })
  expect(first.map((event) => event.sequence_number)).toEqual(first.map((_, index) => index))
  const previous_response_id = first.at(-1).response.id
  const question = {
    previous_response_id,
    input: 'Which word?',
    store: false,
    text: wordFormat('ZX7-00000004', 'ZX7-00000005'),
  }
  const other = await connect()
  expect((await other.turn(question))[0]).toMatchObject({
    type: 'error',
    status: 400,
    error: { code: 'previous_response_not_found' },
  })
  const second = await connection.turn(question)
  expect(JSON.parse(textOf(second.at(-1).response)).word).toBe('ZX7-00000005')
  other.close()
  connection.close()
})

test('a failed continuation forgets its parent', async () => {
  const connection = await connect()
  const first = await connection.turn({ input: 'Hi', store: false })
  const previous_response_id = first.at(-1).response.id
  const failed = await connection.turn({ previous_response_id, input: 'Hi', temperature: 9 })
  expect(failed[0].error.code).toBe('decimal_above_max_value')
  const again = await connection.turn({ previous_response_id, input: 'Hi' })
  expect(again[0].error.code).toBe('previous_response_not_found')
  connection.close()
})

test('mistakes are answered and the connection stays', async () => {
  const connection = await connect()
  for (const [frame, param] of [
    ['not json', null],
    [{ type: 'response.unknown' }, 'type'],
    [{ type: 'response.create', stream: true }, 'stream'],
    [{ type: 'response.create', background: true }, 'background'],
    [{ type: 'response.create', stream_id: 'a b' }, 'stream_id'],
  ] as const) {
    connection.send(frame)
    expect((await connection.turn())[0]).toMatchObject({
      type: 'error',
      status: 400,
      error: { param },
    })
  }
  const fine = await connection.turn({ input: 'Reply with exactly: fine', stream_id: 'lane' })
  expect(textOf(fine.at(-1).response)).toBe('fine')
  expect(fine.every((event) => event.stream_id === 'lane')).toBe(true)
  const silent = await connection.turn({ input: 'The word is ZX7-00000006.', generate: false })
  expect(silent.at(-1).response.output).toEqual([])
  const { id } = silent.at(-1).response
  const text = wordFormat('ZX7-00000006')
  const next = await connection.turn({ previous_response_id: id, input: 'Which?', text })
  expect(JSON.parse(textOf(next.at(-1).response)).word).toBe('ZX7-00000006')
  connection.close()
})

test('a wrong key is refused before the upgrade', async () => {
  const url = `${reference.url.replace('http', 'ws')}/responses`
  const socket = new WebSocket(url, { headers: { authorization: 'Bearer nobody' } })
  const [, response] = await once(socket, 'unexpected-response')
  expect(response.statusCode).toBe(401)
  socket.on('error', () => undefined)
  socket.terminate()
  expect((await clientOf(reference).create({ input: 'Hi' })).status).toBe(200)
})

test('stands any frame', async () => {
  const connection = await connect()
  const frames = fc.sample(fc.oneof(fc.string(), fc.json(), fc.constant('['.repeat(50_000))), {
    numRuns: 60,
    seed: 2026,
  })
  for (const frame of frames) connection.send(frame)
  for (const _ of frames) expect((await connection.turn())[0].status).toBe(400)
  const fine = await connection.turn({ input: 'Reply with exactly: fine' })
  expect(textOf(fine.at(-1).response)).toBe('fine')
  connection.close()
})
