// Reads matrix/servers/<id>.yaml: how one server is installed, configured and started, and what it is asked.

import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { readForeignText } from '../src/base/check-foreign-names.ts'
import { findSecret } from '../src/base/find-pasted-key.ts'
import { UsageError } from '../src/base/errors.ts'
import { packageRoot } from '../src/base/package-root.ts'
import { parseYaml } from '../src/base/parse-yaml.ts'
import { checkLacks } from '../src/plan/requirements/what-a-set-up-lacks.ts'
import type { TargetSetup } from '../src/types/index.ts'
import { createAjv } from '../src/schema/ajv.ts'
import schema from './server.schema.json' with { type: 'json' }

export interface ServerFile {
  /** The name of the file, and of the folder of its results. */
  readonly id: string
  readonly name: string
  readonly version: string
  readonly mode?: string
  readonly homepage: string
  readonly licence: string
  readonly needs?: readonly string[]
  readonly install?: readonly (readonly string[])[]
  readonly image?: string
  readonly recorded?: string
  /** By path below the folder of the installation. */
  readonly files?: Readonly<Record<string, string>>
  readonly environment?: Readonly<Record<string, string>>
  readonly start?: readonly string[]
  readonly ready?: { readonly path: string; readonly seconds?: number; readonly answers?: true }
  readonly base: string
  readonly key?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly model: string
  readonly reasoning?: string
  readonly vision?: string
  readonly upstream:
    | { readonly speak: readonly string[]; readonly model?: string }
    | { readonly own: string }
  readonly suites?: readonly string[]
  readonly concurrency?: number
  readonly deadline?: number
  readonly seconds?: number
  readonly lacks?: readonly string[]
  readonly cannot?: readonly string[]
  readonly source?: string
}

export const SERVERS = join(packageRoot, 'matrix', 'servers')

const MOST_BYTES = 64 * 1024

const matches = createAjv().compile(schema)

export function listServerIds(folder = SERVERS): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => name.slice(0, -'.yaml'.length))
    .toSorted()
}

/** Throws a `UsageError` of one sentence for a file that is not there or is wrong. */
export function readServerFile(id: string, folder = SERVERS): ServerFile {
  const file = join(folder, `${id}.yaml`)
  if (!/^[a-z0-9][a-z0-9-]*$/.test(id) || !existsSync(file)) {
    throw new UsageError(`No server "${id}"; "npm run matrix -- --list" names them`)
  }
  const text = readForeignText(file, MOST_BYTES, 'a server of the matrix')
  const { document, faults } = parseYaml(text)
  const [fault] = faults
  if (fault !== undefined)
    throw new UsageError(`${id}.yaml: ${fault.message.split('\n')[0]!.replace(/:$/, '')}`)
  const value: unknown = document.toJS({ maxAliasCount: 0 })
  if (!matches(value)) {
    const [{ instancePath = '', message = '' } = {}] = matches.errors ?? []
    throw new UsageError(`${id}.yaml ${instancePath || '/'}: ${message}`)
  }
  const secret = findSecret(text)
  if (secret !== undefined) {
    throw new UsageError(
      `${id}.yaml holds what looks like a real key (${secret}); write a made-up one`,
    )
  }
  const server = { id, ...(value as Omit<ServerFile, 'id'>) }
  try {
    checkLacks(server.lacks ?? [])
  } catch (error) {
    throw new UsageError(`${id}.yaml /lacks: ${(error as Error).message}`)
  }
  return server
}

/** What `{port}`, `{folder}`, `{node}` and `{upstream}` stand for when a server is started. */
export interface Places {
  readonly folder: string
  readonly port: number
  readonly upstream?: string
}

/** A text of the file with its placeholders filled in; other braces are left as they are. */
export function fillPlaces(text: string, { folder, port, upstream = '' }: Places): string {
  const values: Readonly<Record<string, string>> = {
    port: String(port),
    folder,
    node: process.execPath,
    upstream,
  }
  return text.replaceAll(/\{(port|folder|node|upstream)\}/g, (_, name: string) => values[name]!)
}

/** What a result says of the set-up. */
export function describeSetup({ version, mode, upstream, key, lacks }: ServerFile): TargetSetup {
  return {
    version,
    ...(mode === undefined ? {} : { mode }),
    upstream:
      'own' in upstream
        ? upstream.own
        : `the reference provider, by ${upstream.speak.join(' and ')}`,
    key: key === undefined ? 'none' : 'demanded',
    ...(lacks === undefined ? {} : { lacks }),
  }
}
