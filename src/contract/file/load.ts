// Loads contracts from files: the shipped ones, or a user's own.

import { statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { ContractError, UsageError } from '../../base/errors.ts'
import { packageRoot } from '../../base/package-root.ts'
import { readSpec, listSpecFiles } from '../../base/read-specs.ts'
import type { Contract, JsonObject } from '../../types/index.ts'
import { contractOf, contractIdOf } from '../contract.ts'
import type { Warning } from '../import/openapi.ts'
import { readContract } from './read-contract.ts'
import {
  createFileOpener,
  importPublished,
  isContract,
  readBounded,
} from './import-openapi-document.ts'
import { getEnvironment, resolvePath } from '../../base/current-environment.ts'

const FOLDERS = ['', 'vendors', 'providers']

let files: ReadonlyMap<string, string> | undefined
const documents = new Map<string, JsonObject>()
const contracts = new Map<string, Contract>()

/** Every shipped contract: yardsticks and reference first, then vendors, then further providers. */
export function loadContracts(): readonly Contract[] {
  return [...shippedFiles().keys()].filter((id) => 'openapi' in readDocument(id)).map(shipped)
}

/**
 * A shipped contract by its id, or a user's YAML file by its path.
 * Throws a `ContractError` with every mistake of the file, a `UsageError` when there is none.
 */
export function loadContract(fileOrId: string): Contract {
  if (shippedFiles().has(fileOrId)) return shipped(fileOrId)
  const { file, path } = placeOf(fileOrId)
  if (isFile(file)) return fromFile(file, path)
  const known = loadContracts()
    .map(({ id }) => id)
    .join(', ')
  throw new UsageError(
    `There is no contract "${fileOrId}": give the path of a YAML file, or one of ${known}.`,
  )
}

/** The absolute path of a file, with the create path behind `#`, which chooses among several of one document. */
function placeOf(given: string): { readonly file: string; readonly path?: string } {
  const at = given.indexOf('#/')
  const whole = resolvePath(given)
  if (at < 0 || isFile(whole)) return { file: whole }
  return { file: resolvePath(given.slice(0, at)), path: given.slice(at + 1) }
}

function isFile(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isFile() === true
}

const imported = new WeakMap<Contract, readonly Warning[]>()
const fromFiles = new Map<string, { readonly text: string; readonly contract: Contract }>()

/** What was made of a published document on the way; empty for a contract with our extensions. */
export function importWarningsOf(contract: Contract): readonly Warning[] {
  return imported.get(contract) ?? []
}

function fromFile(file: string, path: string | undefined): Contract {
  const text = readBounded(file)
  const known = fromFiles.get(`${file} ${path ?? ''}`)
  if (known?.text === text) return known.contract
  const contract = isContract(text) ? fromContract(file, text) : fromPublished(file, text, path)
  fromFiles.set(`${file} ${path ?? ''}`, { text, contract })
  return contract
}

function fromContract(file: string, text: string): Contract {
  const { document, problems } = readContract(text, file, followable)
  if (problems.length > 0) throw new ContractError(problems)
  return contractOf(file, document, readDocument, idOfOwn(file))
}

function fromPublished(file: string, text: string, path: string | undefined): Contract {
  const { contract: document, warnings } = importPublished({
    text,
    name: relative(getEnvironment().cwd, file),
    openFile: createFileOpener(file),
    today: new Date().toISOString().slice(0, 10),
    ...(path === undefined ? {} : { path }),
  })
  const contract = contractOf(file, document, readDocument, idOfOwn(file))
  imported.set(contract, warnings)
  return contract
}

/** A file that is called like a shipped contract is another one. */
function idOfOwn(file: string): string {
  const id =
    contractIdOf(file)
      .replaceAll(/[^\w.-]+/g, '-')
      .slice(0, 60) || 'contract'
  return shippedFiles().has(id) ? `${id}-own` : id
}

function followable(id: string): JsonObject | undefined {
  return shippedFiles().has(id) ? readDocument(id) : undefined
}

function shippedFiles(): ReadonlyMap<string, string> {
  files ??= new Map(
    FOLDERS.flatMap((folder) => listSpecFiles(folder)).map((file) => [contractIdOf(file), file]),
  )
  return files
}

function shipped(id: string): Contract {
  const found = contracts.get(id)
  if (found !== undefined) return found
  const file = join(packageRoot, 'specs', shippedFiles().get(id)!)
  const contract = contractOf(file, readDocument(id), readDocument)
  contracts.set(id, contract)
  return contract
}

function readDocument(id: string): JsonObject {
  const file = shippedFiles().get(id)
  if (file === undefined) throw new UsageError(`x-follows: there is no contract "${id}".`)
  const found = documents.get(id) ?? (readSpec(file) as JsonObject)
  documents.set(id, found)
  return found
}
