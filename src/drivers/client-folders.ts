// Finds the folders of real clients, `<clients>/<name>/client.yaml`, and reads how each is installed and started.

import { existsSync, readdirSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { MOST_WRITTEN_BYTES, readForeignText } from '../base/check-foreign-names.ts'
import { getEnvironment, resolvePath } from '../base/current-environment.ts'
import { ContractError, type FileProblem } from '../base/errors.ts'
import { isObject, show, token } from '../base/json.ts'
import { packageRoot } from '../base/package-root.ts'
import { parseYaml } from '../base/parse-yaml.ts'
import type { Json } from '../types/index.ts'

/** The clients of this package, and in a checkout what is installed of them. */
export const clientsFolder: string = join(packageRoot, 'clients')
/** Where `clients install` puts them unless told otherwise, in the working folder. */
const INSTALLED = '.responses-conformance/clients'

export const INSTALL = 'responses-conformance clients install <client>'

/** Texts, tool, schema and scenarios of every driver. */
export const scenariosFile: string = join(clientsFolder, 'scenarios.json')

const MANIFEST = 'client.yaml'

export interface ClientManifest {
  /** The folder's name. */
  readonly id: string
  /** Absolute. */
  readonly folder: string
  readonly language: string
  /** `npm:openai`: registry and name. The version is what the driver says. */
  readonly package: string
  /** Commands, each a list of arguments, run one after the other in the folder. */
  readonly install: readonly (readonly string[])[]
  /** A file that is there when the client is installed, relative to the folder. */
  readonly installed: string
  /** The driver, run in the folder. */
  readonly command: readonly string[]
}

/** Folders that hold folders of clients; the one that the environment names comes first. */
function listClientFolders(): readonly string[] {
  const named = getEnvironment().env['RESPONSES_CONFORMANCE_CLIENTS']
  return [
    ...(named === undefined ? [] : [resolvePath(named)]),
    resolvePath(INSTALLED),
    clientsFolder,
  ]
}

/** The clients that can be driven, sorted. */
export function listDrivableClients(): readonly string[] {
  const names = listClientFolders().flatMap((folder) =>
    existsSync(folder)
      ? readdirSync(folder).filter((name) => existsSync(join(folder, name, MANIFEST)))
      : [],
  )
  return [...new Set(names)].toSorted()
}

/** Those of them that are installed. */
export function listInstalledClients(): readonly string[] {
  return listDrivableClients().filter((client) => clientFolderOf(client) !== undefined)
}

/** Where a client is installed. */
export function clientFolderOf(client: string): string | undefined {
  return findManifests(client).find(isInstalled)?.folder
}

/**
 * The manifest of a client: where it is installed, or the first of its name. A name with a slash is the path
 * of a folder. Undefined where there is none. Throws a `ContractError` that lists what is wrong in it.
 */
export function findManifest(client: string): ClientManifest | undefined {
  const all = findManifests(client)
  return all.find(isInstalled) ?? all[0]
}

export const isInstalled = ({ folder, installed }: ClientManifest): boolean =>
  existsSync(join(folder, installed))

function findManifests(client: string): readonly ClientManifest[] {
  const folders = /[\\/]/.test(client)
    ? [resolvePath(client)]
    : listClientFolders().map((folder) => join(folder, client))
  return folders.filter((folder) => existsSync(join(folder, MANIFEST))).map(readManifest)
}

const TEXTS = ['language', 'package', 'installed'] as const
const LISTS = ['install', 'command'] as const

/** Throws a `ContractError`. */
function readManifest(folder: string): ClientManifest {
  const file = join(folder, MANIFEST)
  const problems: FileProblem[] = []
  const wrong = (pointer: string, what: string, write: string): void => {
    problems.push({ file, pointer, wrong: what, write })
  }
  const { document, faults } = parseYaml(readForeignText(file, MOST_WRITTEN_BYTES, MANIFEST))
  for (const { message } of faults) wrong('', message.split('\n')[0]!, 'write YAML')
  const content = (faults.length === 0 ? document.toJS({ maxAliasCount: 0 }) : {}) as Json
  if (!isObject(content)) wrong('', show(content), 'write an object')
  else if (faults.length === 0) {
    for (const key of TEXTS) {
      const value = content[key]
      if (typeof value !== 'string' || value === '') wrong(`/${key}`, show(value), 'write a text')
    }
    if (!isCommand(content['command'])) {
      wrong('/command', show(content['command']), 'write the driver and its arguments as a list')
    }
    const steps = content['install']
    if (!Array.isArray(steps) || !steps.every(isCommand)) {
      wrong('/install', show(steps), 'write a list of commands, each a list of arguments')
    }
    for (const key of Object.keys(content)) {
      const known: readonly string[] = [...TEXTS, ...LISTS]
      if (!known.includes(key)) {
        wrong(`/${token(key)}`, 'an unknown key', `use ${known.join(', ')}`)
      }
    }
  }
  if (problems.length > 0) throw new ContractError(problems)
  return { ...(content as unknown as ClientManifest), id: basename(resolve(folder)), folder }
}

function isCommand(value: Json | undefined): boolean {
  // No system starts what has a null byte in it.
  const isWord = (one: Json): boolean => typeof one === 'string' && !one.includes('\0')
  return Array.isArray(value) && value.length > 0 && value.every(isWord)
}
