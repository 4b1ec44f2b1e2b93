// Loads contracts from files: the shipped ones, or a user's own.

import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { ContractError, UsageError } from '../../base/errors.ts'
import { packageRoot } from '../../base/package-root.ts'
import { readSpec, listSpecFiles } from '../../base/spec-files.ts'
import type { Contract, JsonObject } from '../../types/index.ts'
import { contractOf, contractIdOf } from '../contract.ts'
import { readContract } from './lint.ts'
import { resolvePath } from '../../base/environment.ts'

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
  const path = resolvePath(fileOrId)
  if (statSync(path, { throwIfNoEntry: false })?.isFile() === true) return fromFile(path)
  const known = [...shippedFiles().keys()].join(', ')
  throw new UsageError(
    `There is no contract "${fileOrId}": give the path of a YAML file, or one of ${known}.`,
  )
}

function fromFile(file: string): Contract {
  const { document, problems } = readContract(readFileSync(file, 'utf8'), file, followable)
  if (problems.length > 0) throw new ContractError(problems)
  return contractOf(file, document, readDocument)
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
