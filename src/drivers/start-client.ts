// A real client that can be asked again and again: what hung, ended or broke is started anew for the next question.

import { UsageError } from '../base/errors.ts'
import { findManifest, INSTALL, isInstalled } from './client-folders.ts'
import type { DriverHello } from './driver-messages.ts'
import { DriverError, startDriver, type ClientOptions, type FlowResult } from './driver-process.ts'

export interface ClientDriver {
  readonly hello: DriverHello
  /** What it can do: `text`, `stream`, `tools`, … */
  readonly flows: readonly string[]
  readonly slowness: number
  do(flow: string, baseUrl: string, limitMs: number): Promise<FlowResult>
  /** Ends what it does now; the next question starts it anew. */
  stop(): void
  /** Ends it for good. */
  end(): void
}

/** Throws a `UsageError` for a client that is not installed, and a `DriverError` for a driver that does not start. */
export async function startClient(name: string, options: ClientOptions): Promise<ClientDriver> {
  const manifest = findManifest(name)
  if (manifest === undefined || !isInstalled(manifest)) {
    throw new UsageError(`${name}: not installed; write: ${INSTALL}`)
  }
  const start = (): ReturnType<typeof startDriver> => startDriver(manifest, options)
  let driver = await start()
  const { hello } = driver
  return {
    hello,
    flows: hello.scenarios,
    slowness: hello.slowness,
    async do(flow, baseUrl, limitMs) {
      if (!driver.isFit()) {
        try {
          driver = await start()
        } catch (error) {
          if (error instanceof DriverError) return { broken: error }
          throw error
        }
      }
      return driver.ask({ scenario: flow, baseUrl, model: options.model, limitMs })
    },
    stop: () => driver.kill(),
    end: () => driver.kill(),
  }
}
