// Tiny servers for providers that are broken or malicious, each on a free port of loopback.

import { once } from 'node:events'
import { createServer as createHttp, type RequestListener } from 'node:http'
import { createServer as createTcp, type AddressInfo, type Server, type Socket } from 'node:net'
import { createAnswer, createRawReply } from './answers.ts'

export interface Serving {
  /** The base URL as an SDK takes it. */
  readonly url: string
  close(): Promise<void>
}

/**
 * What a provider does: the handler of a server, or one with another protocol in its URL. So many requests
 * are answered as they should be first: who is hostile to what is asked before a run is asked no more.
 */
export type Start = (wellAnswered?: number) => Promise<Serving>

const WELL = JSON.stringify(createAnswer('ready'))

export function http(answer: RequestListener): Start {
  return (wellAnswered = 0) => {
    let left = wellAnswered
    return listen(
      createHttp({ maxHeaderSize: 1024 * 1024 }, (request, response) =>
        left-- > 0
          ? response.writeHead(200, { 'content-type': 'application/json' }).end(WELL)
          : answer(request, response),
      ),
    )
  }
}

/** Speaks bytes: `answer` is called once for each request, with its head and body. */
export function tcp(answer: (socket: Socket, request: string) => void): Start {
  return (wellAnswered = 0) => {
    let left = wellAnswered
    return listen(
      createTcp((socket) => {
        let request = ''
        socket.on('data', (chunk) => {
          request += chunk.toString('latin1')
          const [head, body] = request.split('\r\n\r\n')
          const length = Number(/content-length: (\d+)/i.exec(head ?? '')?.[1] ?? 0)
          if (body === undefined || body.length < length) return
          const whole = request
          request = ''
          if (left-- > 0) socket.end(createRawReply(WELL))
          else answer(socket, whole)
        })
      }),
    )
  }
}

export async function listen(server: Server, scheme = 'http'): Promise<Serving> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    // A client that goes away is what these servers provoke.
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket))
  })
  server.on('tlsClientError', () => undefined)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `${scheme}://127.0.0.1:${port}/v1`,
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

/** Writes as fast as the client reads, and stops when it goes away. */
export function pour(socket: Socket, next: (index: number) => Buffer | string | undefined): void {
  let index = 0
  const on = (): void => {
    for (;;) {
      if (socket.destroyed) return
      const chunk = next(index++)
      if (chunk === undefined) return void socket.end()
      if (!socket.write(chunk)) return void socket.once('drain', on)
    }
  }
  on()
}
