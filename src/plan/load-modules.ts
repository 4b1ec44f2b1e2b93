// Loads checks, families and reporters of a user's own repository: the modules that --load names.

import { statSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { UsageError } from '../base/errors.ts'
import { show } from '../base/json.ts'
import { addRequirements, loadRequirements } from './requirements/requirement-catalogue.ts'
import type { Check, Contract, Family, Json, Reporter } from '../types/index.ts'
import { getEnvironment, resolvePath } from '../base/current-environment.ts'

export interface Extension {
  readonly checks: readonly Check[]
  readonly families: readonly Family[]
  readonly reporters: readonly Reporter[]
}

type Part = Readonly<Record<string, unknown>>

const ID = /^[a-z0-9-]+(\/[a-z0-9._-]+)+$/

/**
 * The default exports of these modules, each a check, a family, a reporter or a list of them. A
 * module may export `requirements` too: sentences of its own, in the form of `specs/requirements`.
 * Throws a `UsageError` that names every mistake of a module.
 */
export async function loadExtension(files: readonly string[]): Promise<Extension> {
  const parts: Part[] = []
  for (const file of files) parts.push(...(await partsOf(file)))
  return {
    checks: parts.filter((part) => 'judge' in part) as unknown as readonly Check[],
    families: parts.filter((part) => 'cases' in part) as unknown as readonly Family[],
    reporters: parts.filter((part) => 'render' in part) as unknown as readonly Reporter[],
  }
}

async function partsOf(file: string): Promise<readonly Part[]> {
  const module = await importOf(file)
  if (module['requirements'] !== undefined) addRequirements(file, module['requirements'] as Json)
  const parts = [module['default']].flat()
  const problems = parts.flatMap((part) => flawsOf(part).map((flaw) => `${file}: ${flaw}`))
  if (problems.length > 0) throw new UsageError(problems.join('\n'))
  return (parts as readonly Part[]).map((part) => readOldPart(part, file))
}

async function importOf(file: string): Promise<Readonly<Record<string, unknown>>> {
  const path = resolvePath(file)
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) {
    throw new UsageError(`--load ${file}: there is no such file; give the path of an ES module`)
  }
  try {
    return (await import(pathToFileURL(path).href)) as Readonly<Record<string, unknown>>
  } catch (error) {
    throw new UsageError(
      `--load ${file}: it cannot be loaded (${error instanceof Error ? error.message : String(error)}); write an ES module, .js or .mjs`,
    )
  }
}

function flawsOf(part: unknown): readonly string[] {
  if (!isPart(part) || !['judge', 'cases', 'render'].some((name) => name in part)) {
    return [
      'its default export is neither a check (judge), a family (cases) nor a reporter (render)',
    ]
  }
  if (typeof part['title'] !== 'string')
    return [`title is ${show(part['title'] as Json)}; write a sentence`]
  if ('render' in part) {
    return typeof part['render'] === 'function' && /^[a-z0-9-]+$/.test(String(part['name'] ?? ''))
      ? []
      : ['a reporter has a name in lower-case letters and a function render']
  }
  return [...flawsOfQuestion(part), ...('judge' in part ? flawsOfCheck(part) : flawsOfFamily(part))]
}

function flawsOfQuestion({ id, covers }: Part): readonly string[] {
  const known = loadRequirements()
  const list = Array.isArray(covers) ? (covers as readonly unknown[]) : []
  return [
    ...(ID.test(String(id))
      ? []
      : [`id is ${show(id as Json)}; write one such as "ours/sends-a-request-id"`]),
    ...(list.length > 0 ? [] : ['covers names no requirement; a check rests on a sentence']),
    ...list
      .filter((name) => !known.has(String(name)))
      .map(
        (name) =>
          `covers: there is no requirement ${show(name as Json)}; "list requirements" shows all, and the module may export its own as "requirements"`,
      ),
  ]
}

function flawsOfCheck({ judge, kind, scenario, mutants, mutant }: Part): readonly string[] {
  return [
    ...(typeof judge === 'function' ? [] : ['judge is no function']),
    ...(['wire', 'forced', 'behavioural'].includes(String(kind))
      ? []
      : [`kind is ${show(kind as Json)}; write wire, forced or behavioural`]),
    ...(scenario === 'every' || (isPart(scenario) && isPart(scenario['steps']))
      ? []
      : ['scenario is neither "every" nor one that defineScenario made']),
    ...flawsOfMutants(mutants, mutant),
  ]
}

function flawsOfMutants(mutants: unknown, mutant: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(mutants) ? mutants : isPart(mutant) ? [mutant] : []
  if (list.length === 0) {
    return [
      'mutants is missing: [{ story, reply }], a smallest wrong provider for each finding of this check',
    ]
  }
  return list.flatMap((one, index) =>
    isPart(one) && typeof one['story'] === 'string'
      ? []
      : [`mutants[${index}] has no story; write { story, reply }`],
  )
}

/** A check of an earlier version has one `mutant`, which is read as a list of one. */
function readOldMutant<P extends object>(part: P, tell: () => void): P {
  if (!('mutant' in part) || 'mutants' in part) return part
  tell()
  return { ...part, mutants: [part.mutant] }
}

function readOldPart(part: Part, file: string): Part {
  let isTold = false
  const tell = (): void => {
    if (isTold) return
    isTold = true
    getEnvironment().stderr.write(
      `${file}: ${String(part['id'])} has "mutant", which the next version no longer reads; write mutants: [{ story, reply }]\n`,
    )
  }
  if ('judge' in part) return readOldMutant(part, tell)
  if (!('cases' in part)) return part
  const { cases } = part as unknown as Family
  return {
    ...part,
    cases: (contract: Contract) => cases(contract).map((check) => readOldMutant(check, tell)),
  }
}

function flawsOfFamily({ cases }: Part): readonly string[] {
  return typeof cases === 'function' ? [] : ['cases is no function']
}

function isPart(value: unknown): value is Part {
  return typeof value === 'object' && value !== null
}
