// Starts the reference provider: a complete Responses API on loopback.

import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { Dialect, Sabotage } from '../src/types.ts'
import { routes } from './routes.ts'
import { serve } from './server.ts'
import { openAccount } from './store.ts'

export interface ReferenceOptions {
  readonly host?: string
  /** 0: any free port. */
  readonly port?: number
  readonly dialect?: Dialect
  /** Each key is an account of its own. */
  readonly keys?: readonly string[]
  readonly model?: string
  /** Applied to every request. */
  readonly sabotage?: Sabotage
  /** A request with the header `x-sabotage: <n>` suffers the n-th. */
  readonly sabotages?: readonly Sabotage[]
  readonly now?: () => number
}

export interface Reference {
  /** The base URL as an SDK takes it; ends in `/v1`. */
  readonly url: string
  readonly port: number
  sabotage(next: Sabotage | undefined): void
  close(): Promise<void>
}

export async function startReference(options: ReferenceOptions = {}): Promise<Reference> {
  const host = options.host ?? '127.0.0.1'
  const keys = options.keys ?? ['test', 'test-2']
  const accounts = new Map(keys.map((key, index) => [key, openAccount(`account-${index + 1}`)]))
  let sabotage = options.sabotage
  const server = serve({
    provider: {
      dialect: options.dialect ?? 'openai',
      model: options.model ?? 'reference',
      now: options.now ?? Date.now,
    },
    routes,
    account: (key) => accounts.get(key),
    sabotage: ({ headers }) => {
      const index = headers['x-sabotage']
      return index === undefined ? sabotage : options.sabotages?.[Number(index)]
    },
  })
  server.listen(options.port ?? 0, host)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}/v1`,
    port,
    sabotage: (next) => {
      sabotage = next
    },
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}
