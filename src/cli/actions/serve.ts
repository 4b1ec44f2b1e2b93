import {
  isLocalHost,
  startReference,
  type Reference,
  type ReferenceOptions,
} from '../../../reference/main.ts'
import { UsageError } from '../../base/errors.ts'
import { loadSuites } from '../../plan/load-suites-and-reporters.ts'
import { loadContract } from '../../contract/file/load.ts'
import { nameMutants } from '../../plan/mutant-names.ts'
import { casesOf } from '../../plan/plan.ts'
import type { JsonObject, Mutant } from '../../types/index.ts'
import { createUnknownNameError } from '../../base/closest-name.ts'
import type { WeakModel } from '../../../reference/model/weak-models.ts'
import type { SpokenApi } from '../../../reference/other-apis/spoken-apis.ts'
import type { FaultOptions } from '../../../reference/delivery-faults.ts'
import { getEnvironment } from '../../base/current-environment.ts'

export interface ServeFlags extends FaultOptions {
  readonly port: number
  readonly host: string
  readonly dialect: 'openai' | 'open-responses'
  readonly key?: readonly string[]
  readonly model: string
  readonly as?: string
  readonly mutant?: string
  readonly load?: readonly string[]
  readonly fetch?: boolean
  readonly weak?: WeakModel
  readonly speak?: readonly SpokenApi[]
}

export async function executeServe(flags: ServeFlags): Promise<void> {
  const mutant = flags.mutant === undefined ? undefined : await mutantOf(flags.mutant, flags.load)
  const server = await listening({
    host: flags.host,
    port: flags.port,
    dialect: mutant?.dialect ?? flags.dialect,
    keys: flags.key ?? ['test', 'test-2'],
    model: flags.model,
    ...(flags.as === undefined ? {} : emulation(flags.as)),
    ...(mutant === undefined ? {} : { mutant: mutant }),
    faults: flags,
    ...(flags.fetch === true ? { fetch: 'anything' } : {}),
    ...(flags.weak === undefined ? {} : { weak: flags.weak }),
    ...(flags.speak === undefined ? {} : { speak: flags.speak }),
  })
  const { stdout, stderr, listenForStop } = getEnvironment()
  if (!isLocalHost(flags.host)) {
    stderr.write(
      `${flags.host} can be reached from other machines: this is a server for tests, whose keys are known (--key), and without TLS.\n`,
    )
  }
  const stop = listenForStop()
  stdout.write(`${server.url}\n`)
  if (mutant !== undefined) stdout.write(`Wrong on purpose: ${mutant.story}\n`)
  if (!stop.aborted) await new Promise((resolve) => stop.addEventListener('abort', resolve))
  await server.close()
}

/** What an address cannot be listened on for is the caller's to change. */
async function listening(options: ReferenceOptions): Promise<Reference> {
  try {
    return await startReference(options)
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException
    if (syscall !== 'listen' && syscall !== 'getaddrinfo') throw error
    const why = code === 'EADDRINUSE' ? 'another program listens there' : code
    throw new UsageError(
      `Cannot listen on ${options.host} port ${options.port}: ${why}. Choose another with --port or --host.`,
    )
  }
}

function emulation(vendor: string): { as: string; document: JsonObject } {
  return { as: vendor, document: loadContract(vendor).document as unknown as JsonObject }
}

async function mutantOf(id: string, load: readonly string[] | undefined): Promise<Mutant> {
  const suites = await loadSuites(load)
  const contracts = ['openai', 'open-responses', 'reference'].map(loadContract)
  const checks = suites.flatMap(({ checks, families }) => [
    ...checks,
    ...families.flatMap((family) => contracts.flatMap((contract) => casesOf(family, contract))),
  ])
  const named = checks.flatMap(nameMutants)
  const found = named.find(([name]) => name === id)
  if (found !== undefined) return found[1]
  throw createUnknownNameError(
    'mutant',
    id,
    named.map(([name]) => name),
    'A check has the mutants <id>, <id>#2 and so on: "explain <id>" shows them, "list checks" all ids.',
  )
}
