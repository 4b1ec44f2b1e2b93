// A door before the reference provider: it counts, delays and turns away.

import { createServer, request as send, type IncomingMessage, type ServerResponse } from 'node:http'
import { startReference } from '../../reference/main.ts'
import type { Mutation } from '../../src/types/index.ts'
import { listen } from '../field/hostile/serve.ts'

export const FRONT_KEY = 'policy-key-0123456789abcdef'

export interface Front {
  readonly url: string
  /** Bodies of the requests that came, refused ones included. */
  readonly heard: readonly string[]
  /** How many were inside at once at most. */
  readonly most: () => number
  close(): Promise<void>
}

/** What becomes of a request: `pass` asks the provider. */
export type Door = (
  visit: {
    readonly index: number
    readonly inside: number
    readonly hasKey: boolean
    readonly response: ServerResponse
  },
  pass: () => void,
) => void

export async function startFront(
  door: Door = (_, pass) => pass(),
  mutation?: Mutation,
  keys: readonly string[] = [FRONT_KEY],
): Promise<Front> {
  const reference = await startReference({
    keys,
    ...(mutation === undefined ? {} : { mutant: mutation }),
  })
  const heard: string[] = []
  let visits = 0
  let inside = 0
  let most = 0
  const server = createServer((request, response) => {
    const index = visits++
    most = Math.max(most, ++inside)
    response.on('close', () => inside--)
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks)
      heard.push(`${request.method} ${request.url} ${body.toString()}`)
      const hasKey = request.headers.authorization !== undefined
      door({ index, inside, hasKey, response }, () =>
        forward(reference.url, request, body, response),
      )
    })
  })
  const { url, close } = await listen(server)
  return {
    url,
    heard,
    most: () => most,
    close: async () => {
      await close()
      await reference.close()
    },
  }
}

function forward(
  url: string,
  { method, headers, url: path = '' }: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
): void {
  const upstream = send(new URL(path, url), { method, headers }, (reply) => {
    response.writeHead(reply.statusCode ?? 500, reply.headers)
    reply.pipe(response)
  })
  upstream.on('error', () => response.destroy())
  upstream.end(body)
}
