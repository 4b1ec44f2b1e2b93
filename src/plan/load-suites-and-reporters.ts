// Loads suites and reporters from their folders: every default export is found, verified and sorted.

import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { HarnessError, UsageError } from '../base/errors.ts'
import { loadExtension, type Extension } from './load-modules.ts'
import { codeRoot } from '../base/package-root.ts'
import { yieldToOwners } from './ownership.ts'
import type { Check, Family, Feature, Reporter } from '../types/index.ts'

export interface Suite {
  readonly feature: Feature
  readonly checks: readonly Check[]
  readonly families: readonly Family[]
}

/** What the build puts in (bundle.mjs), since hundreds of files cost a start more than what is in them. */
interface BundledModules {
  /** The folders of `suites`, sorted. */
  readonly features: readonly Feature[]
  /** The default exports of a folder's modules, by its path below the code's root, sorted by file name. */
  load(folder: string): Promise<readonly unknown[]>
}
declare const BUNDLED: BundledModules
/** Undefined where each module stands in a file of its own. */
const bundled = typeof BUNDLED === 'undefined' ? undefined : BUNDLED

const suitesFolder: string = join(codeRoot, 'suites')

/** The folders of `suites`, sorted. */
export function listFeatures(): readonly Feature[] {
  if (bundled !== undefined) return bundled.features
  return readdirSync(suitesFolder)
    .filter((name) => statSync(join(suitesFolder, name)).isDirectory())
    .toSorted()
}

let shippedSuites: Promise<readonly Suite[]> | undefined

/** The shipped suites, the same objects at each call, and what the user's own modules add to them. */
export async function loadSuites(load: readonly string[] = []): Promise<readonly Suite[]> {
  if (load.length === 0) return (shippedSuites ??= readShippedSuites().then(yieldToOwners))
  return yieldToOwners(extended(await readShippedSuites(), await loadExtension(load)))
}

function readShippedSuites(): Promise<readonly Suite[]> {
  return Promise.all(listFeatures().map(loadSuite))
}

/** A check of one's own belongs to the suite that its id begins with, shipped or new. */
function extended(shipped: readonly Suite[], { checks, families }: Extension): readonly Suite[] {
  const added = [...checks, ...families]
  const taken = new Set(
    shipped.flatMap((suite) => [...suite.checks, ...suite.families].map(({ id }) => id)),
  )
  for (const { id } of added) {
    if (taken.has(id)) throw new UsageError(`--load: the id ${id} is taken; choose another`)
    taken.add(id)
  }
  const own = added.map(({ id }) => id.split('/')[0]!)
  const names = [...new Set([...shipped.map(({ feature }) => feature), ...own])].toSorted()
  return names.map((feature) => {
    const suite = shipped.find((one) => one.feature === feature)
    const mine = ({ id }: { readonly id: string }): boolean => id.startsWith(`${feature}/`)
    return {
      feature,
      checks: [...(suite?.checks ?? []), ...checks.filter(mine)],
      families: [...(suite?.families ?? []), ...families.filter(mine)],
    }
  })
}

async function loadSuite(feature: Feature): Promise<Suite> {
  const [checks, families] = await Promise.all([
    loadDefaults<Check>(`suites/${feature}/checks`),
    loadDefaults<Family>(`suites/${feature}/families`),
  ])
  return { feature, checks, families }
}

/** The shipped reporters, and those of the user's own modules. */
export async function loadReporters(load: readonly string[] = []): Promise<readonly Reporter[]> {
  const shipped = await loadDefaults<Reporter>('reporters')
  if (load.length === 0) return shipped
  const { reporters } = await loadExtension(load)
  const taken = reporters.find(({ name }) => shipped.some((one) => one.name === name))
  if (taken === undefined) return [...shipped, ...reporters]
  throw new UsageError(`--load: there is a reporter "${taken.name}" already; choose another name`)
}

/** The default exports of a folder's modules, by file name; an empty list when there is no folder. */
async function loadDefaults<T extends object>(path: string): Promise<readonly T[]> {
  if (bundled !== undefined) return (await bundled.load(path)) as readonly T[]
  const folder = join(codeRoot, path)
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
