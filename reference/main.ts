// Starts the reference provider: a complete Responses API on loopback.

import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { Dialect, JsonObject, Mutation } from '../src/types/index.ts'
import type { Emulation } from './emulate/emulation.ts'
import { createEmulation } from './emulate/emulation.ts'
import type { FaultOptions } from './delivery-faults.ts'
import { createFaults } from './delivery-faults.ts'
import { responsesApiRoutes, sharedRoutes } from './endpoints/all.ts'
import { createHttpServer } from './http/http-server.ts'
import type { WeakModel } from './model/weak-models.ts'
import type { Service } from './http/accounts-and-headers.ts'
import type { SpokenApi } from './other-apis/spoken-apis.ts'
import { otherApisOf } from './other-apis/spoken-apis.ts'
import { openAccount } from './store.ts'
import { acceptSockets } from './http/websocket-server.ts'

export interface ReferenceOptions {
  readonly host?: string
  /** 0: any free port. */
  readonly port?: number
  readonly dialect?: Dialect
  /** Each key is an account of its own. */
  readonly keys?: readonly string[]
  /** Its name, and the beginning of two more: `<model>-vision`, `<model>-reasoning`. */
  readonly model?: string
  /** A vendor's id: answer in its documented shape, and mark each reply. Needs `document`. */
  readonly as?: string
  /** That vendor's contract, an OpenAPI document. */
  readonly document?: JsonObject
  /** Applied to every request. */
  readonly mutant?: Mutation
  /** A request with the header `x-mutant: <n>` suffers the n-th. */
  readonly mutants?: readonly Mutation[]
  readonly faults?: FaultOptions
  /**
   * What it fetches for a request that names a picture or a file by its address. From this machine
   * alone unless given, and nothing at all where others than this machine can ask.
   */
  readonly fetch?: 'nothing' | 'loopback' | 'anything'
  /** A model that is weak on purpose behind a server that is right. */
  readonly weak?: WeakModel
  /** The APIs that the model answers; Responses alone unless given. */
  readonly speak?: readonly SpokenApi[]
  /** Milliseconds since 1970. */
  readonly now?: () => number
}

export interface Reference {
  /** The base URL as an SDK takes it; ends in `/v1`, or in the path that the emulated vendor documents. */
  readonly url: string
  readonly port: number
  mutate(next: Mutation | undefined): void
  close(): Promise<void>
}

export async function startReference(options: ReferenceOptions = {}): Promise<Reference> {
  const host = options.host ?? '127.0.0.1'
  const keys = options.keys ?? ['test', 'test-2']
  const fetching = options.fetch ?? (isLocalHost(host) ? 'loopback' : 'nothing')
  const mayFetch = ({ hostname }: URL): boolean =>
    fetching === 'anything' || (fetching === 'loopback' && isLocalHost(hostname))
  const accounts = new Map(
    keys.map((key, index) => [key, openAccount(`account-${index + 1}`, mayFetch)]),
  )
  const now = options.now ?? Date.now
  const emulation = emulationOf(options)
  const spoken = options.speak ?? ['responses']
  const otherApis = otherApisOf(spoken)
  const speaksResponses = spoken.includes('responses')
  let mutant = options.mutant
  const service: Service = {
    provider: {
      dialect: options.dialect ?? 'openai',
      models: modelNames(options.model ?? 'reference', emulation?.models ?? []),
      now,
      ...(options.weak === undefined ? {} : { weak: options.weak }),
    },
    routes: [
      ...(speaksResponses ? responsesApiRoutes : []),
      ...otherApis.flatMap((api) => api.routes),
      ...sharedRoutes,
    ],
    otherApis,
    ...(emulation === undefined ? {} : { emulation }),
    ...(options.faults === undefined ? {} : { trouble: createFaults(options.faults, now) }),
    account: (key) => accounts.get(key),
    mutation: () => mutant,
    mutations: options.mutants ?? [],
  }
  const server = createHttpServer(service)
  // No vendor's document that is emulated knows this transport.
  const sockets =
    emulation === undefined && speaksResponses ? acceptSockets(server, service) : undefined
  server.listen(options.port ?? 0, host)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}${emulation?.basePath ?? '/v1'}`,
    port,
    mutate: (next) => {
      mutant = next
    },
    close: async () => {
      const closed = once(server, 'close')
      for (const socket of sockets?.clients ?? []) socket.terminate()
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

/** A host that nobody but this machine reaches. */
export function isLocalHost(host: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[?::1\]?)$/.test(host)
}

function emulationOf({ as, document }: ReferenceOptions): Emulation | undefined {
  if (as === undefined) return undefined
  if (document === undefined) throw new Error(`Emulating "${as}" needs its contract: "document".`)
  return createEmulation(as, document)
}

function modelNames(base: string, more: readonly string[]): readonly string[] {
  const names = [base, 'reference'].flatMap((name) => [name, `${name}-vision`, `${name}-reasoning`])
  return [...new Set([...names, ...more])]
}
