import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { afterAll, expect, test } from 'vitest'
import { startReference } from '../../../reference/main.ts'

const reference = await startReference()
afterAll(() => reference.close())

/** Asks as Java's own HTTP client does when it is not told to speak HTTP/1.1. */
function head(method: string, path: string, length: number, upgrade = 'h2c'): string {
  return [
    `${method} /v1${path} HTTP/1.1`,
    'Connection: Upgrade, HTTP2-Settings',
    `Content-Length: ${length}`,
    'Host: 127.0.0.1',
    'HTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA',
    `Upgrade: ${upgrade}`,
    'Authorization: Bearer test',
    'Content-Type: application/json',
    '\r\n',
  ].join('\r\n')
}

async function open(): Promise<Socket> {
  const { hostname, port } = new URL(reference.url)
  const socket = connect(Number(port), hostname)
  await once(socket, 'connect')
  return socket
}

async function readUntil(socket: Socket, end: string): Promise<string> {
  let text = ''
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    text += String(chunk)
    if (text.includes(end)) break
  }
  return text
}

const body = (word: string): string =>
  JSON.stringify({ model: 'reference', stream: true, input: `Reply with exactly: ${word}` })

test('a request that asks for h2c is answered in HTTP/1.1, and so is the next one on its connection', async () => {
  const socket = await open()
  for (const word of ['kestrel', 'walnut']) {
    const text = body(word)
    socket.write(head('POST', '/responses', text.length) + text)
    const answer = await readUntil(socket, '\r\n0\r\n\r\n')
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
    expect(answer).toContain(`"text":"${word}"`)
    expect(answer).not.toMatch(/^upgrade:/im)
  }
  socket.destroy()
})

test('the body may come after the head, in pieces', async () => {
  const socket = await open()
  const text = body('ember')
  socket.write(head('POST', '/responses', text.length))
  for (const piece of [text.slice(0, 20), text.slice(20, 21), text.slice(21)]) {
    await new Promise((resolve) => setImmediate(resolve))
    socket.write(piece)
  }
  expect(await readUntil(socket, '\r\n0\r\n\r\n')).toContain('"text":"ember"')
  socket.destroy()
})

test('what a request lacks is still said: a wrong path, a body that is no JSON', async () => {
  const socket = await open()
  socket.write(head('GET', '/nothing', 0))
  expect(await readUntil(socket, '}')).toMatch(/^HTTP\/1\.1 404 /)
  socket.write(`${head('POST', '/responses', 1)}{`)
  expect(await readUntil(socket, '}')).toMatch(/^HTTP\/1\.1 400 /)
  socket.destroy()
})

test('a WebSocket on a path that takes none is refused as before', async () => {
  const socket = await open()
  socket.write(head('GET', '/models', 0, 'websocket'))
  expect(await readUntil(socket, '}')).toContain('This path takes no WebSocket.')
  socket.destroy()
})
