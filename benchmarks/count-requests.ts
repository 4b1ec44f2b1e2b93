// Stands between a suite and a server, and counts what the suite asks of the Responses API and what that costs.

import { once } from 'node:events'
import { createServer, request } from 'node:http'
import { connect, type AddressInfo } from 'node:net'

export interface Counted {
  /** As a suite takes it. */
  readonly url: string
  readonly requests: number
  /** Tokens that the server says it read and wrote, in answers and streams. */
  readonly tokens: number
  close(): void
}

/** Hands on everything that comes for `upstream`, the base URL of a server; `headers` are added to each request. */
export async function countRequests(
  upstream: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Counted> {
  const to = new URL(upstream)
  let requests = 0
  let tokens = 0
  const isOfResponses = (path = ''): boolean => /\/(?:responses|conversations|models)\b/.test(path)
  const read = (text: string): void => {
    // A stream tells of usage at its end; what it told before is null.
    for (const [, input, output] of text.matchAll(USAGE)) tokens += Number(input) + Number(output)
  }
  const server = createServer((asked, answer) => {
    const isOurs = isOfResponses(asked.url)
    if (isOurs) requests += 1
    const sent = request({
      host: to.hostname,
      port: to.port,
      path: asked.url,
      method: asked.method,
      headers: { ...asked.headers, ...headers, host: to.host, 'accept-encoding': 'identity' },
    })
    sent.on('response', (told) => {
      answer.writeHead(told.statusCode ?? 502, told.headers)
      const parts: Buffer[] = []
      told.on('data', (part: Buffer) => parts.push(part))
      told.on('end', () => isOurs && asked.method === 'POST' && read(String(Buffer.concat(parts))))
      told.pipe(answer)
    })
    sent.on('error', () => answer.destroy())
    asked.on('error', () => sent.destroy())
    asked.pipe(sent)
  })
  server.on('upgrade', (asked, socket, head) => {
    const other = connect(Number(to.port), to.hostname, () => {
      const lines = Object.entries({ ...asked.headers, ...headers, host: to.host })
      other.write(
        `GET ${asked.url} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${String(value)}\r\n`).join('')}\r\n`,
      )
      other.write(head)
    })
    // What a server says over a WebSocket is not masked: each turn tells of its beginning once.
    other.on('data', (part: Buffer) => {
      requests += String(part).split('"type":"response.created"').length - 1
      read(String(part))
    })
    for (const [one, next] of [
      [socket, other],
      [other, socket],
    ] as const) {
      one.on('error', () => next.destroy()).on('close', () => next.destroy())
      one.pipe(next)
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}${to.pathname.replace(/\/$/, '')}`,
    get requests() {
      return requests
    },
    get tokens() {
      return tokens
    },
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}

const USAGE =
  /"usage": ?\{[^{}]*?"input_tokens": ?(\d+)(?:[^{}]|\{[^{}]*\})*?"output_tokens": ?(\d+)/g
