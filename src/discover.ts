// A folder is a registry: every default export of its files is found, verified and sorted.

import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { HarnessError } from './errors.ts'
import { codeRoot } from './root.ts'
import type { Check, Family, Feature, Reporter } from './types.ts'

export interface Suite {
  readonly feature: Feature
  readonly checks: readonly Check[]
  readonly families: readonly Family[]
}

export const suitesFolder: string = join(codeRoot, 'suites')

/** The folders of `suites`, sorted. */
export function features(): readonly Feature[] {
  return readdirSync(suitesFolder)
    .filter((name) => statSync(join(suitesFolder, name)).isDirectory())
    .toSorted()
}

export async function loadSuites(): Promise<readonly Suite[]> {
  return Promise.all(features().map(loadSuite))
}

export async function loadSuite(feature: Feature): Promise<Suite> {
  const folder = join(suitesFolder, feature)
  const [checks, families] = await Promise.all([
    defaults<Check>(join(folder, 'checks')),
    defaults<Family>(join(folder, 'families')),
  ])
  return { feature, checks, families }
}

export async function loadReporters(): Promise<readonly Reporter[]> {
  return defaults<Reporter>(join(codeRoot, 'reporters'))
}

/** The default exports of a folder's modules, by file name; an empty list when there is no folder. */
async function defaults<T extends object>(folder: string): Promise<readonly T[]> {
  let names: readonly string[]
  try {
    names = readdirSync(folder)
  } catch {
    return []
  }
  const modules = names.filter((name) => /^[^.].*(?<!\.d)\.(ts|tsx|js)$/.test(name)).toSorted()
  const loaded = await Promise.all(
    modules.map(async (name) => {
      const { default: value } = (await import(pathToFileURL(join(folder, name)).href)) as {
        default?: T
      }
      if (typeof value !== 'object') {
        throw new HarnessError(
          `${join(folder, name)} has no default export; every file of this folder needs one`,
        )
      }
      return value
    }),
  )
  return loaded
}
