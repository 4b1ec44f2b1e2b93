// The catalogue of requirements, `specs/requirements/*.yaml`, with their level by each yardstick.

import { getEnvironment, type Environment } from '../../base/current-environment.ts'
import { ContractError, HarnessError } from '../../base/errors.ts'
import type { FileProblem } from '../../base/errors.ts'
import { LEVELS, YARDSTICK_LABELS } from '../../base/sort-text-and-ranks.ts'
import { field, isObject, show, token } from '../../base/json.ts'
import { readSpec, listSpecFiles } from '../../base/read-specs.ts'
import { findSourceMistake, resolveSource } from './requirement-sources.ts'
import type {
  Json,
  JsonObject,
  Level,
  Requirement,
  RequirementId,
  Yardstick,
} from '../../types/index.ts'

const TIERS: readonly unknown[] = ['core', 'feature', 'advisory'] satisfies Requirement['tier'][]
const KEYS: readonly string[] = [
  'id',
  'tier',
  'level',
  'statement',
  'preconditions',
  'contested',
  'untestable',
  'probation',
  'sources',
]

let shipped: ReadonlyMap<RequirementId, Requirement> | undefined
/** The catalogues of calls that loaded modules of the user's own: what one brings, no other knows. */
const extended = new WeakMap<Environment, ReadonlyMap<RequirementId, Requirement>>()

/** Every requirement by its id, in file order. Throws a `ContractError` that lists every mistake. */
export function loadRequirements(): ReadonlyMap<RequirementId, Requirement> {
  const own = extended.get(getEnvironment())
  if (own !== undefined) return own
  shipped ??= new Map(
    collectRequirements(
      listSpecFiles('requirements').map((file) => ({
        file: `specs/${file}`,
        content: readSpec(file),
      })),
    ),
  )
  return shipped
}

/**
 * Adds the sentences of a user's own module, which has to name its own: a shipped requirement
 * cannot be weighed anew. Throws a `ContractError` that lists every mistake.
 */
export function addRequirements(file: string, requirements: Json): void {
  const known = loadRequirements()
  const found = collectRequirements([{ file, content: { area: 'own', requirements } }])
  const taken = [...found].filter(
    ([id, one]) => known.has(id) && JSON.stringify(known.get(id)) !== JSON.stringify(one),
  )
  if (taken.length > 0) {
    throw new ContractError(
      taken.map(([id]) => ({
        file,
        pointer: '/requirements',
        wrong: `${id} is already taken`,
        write: 'choose another id',
      })),
    )
  }
  extended.set(getEnvironment(), new Map([...known, ...found]))
}

/** Strongest level that one of these requirements has by a yardstick; undefined when none has one. */
export function levelOfAll(
  ids: readonly RequirementId[],
  yardstick: Yardstick,
  requirements: ReadonlyMap<RequirementId, Requirement> = loadRequirements(),
): Level | undefined {
  return strongest(ids.map((id) => levelOf(find(id, requirements), yardstick)))
}

/**
 * Why the level of these requirements is disputed: the reasons, when every requirement that asks
 * as strongly as `levelFor` says is contested. A violation is then at most a warning.
 */
export function disputeOfAll(
  ids: readonly RequirementId[],
  yardstick: Yardstick,
  requirements: ReadonlyMap<RequirementId, Requirement> = loadRequirements(),
): string | undefined {
  const level = levelOfAll(ids, yardstick, requirements)
  const deciding = ids
    .map((id) => find(id, requirements))
    .filter((requirement) => level !== undefined && levelOf(requirement, yardstick) === level)
  if (deciding.length === 0 || deciding.some(({ contested }) => contested === undefined)) return
  return deciding.map(({ contested }) => contested).join(' ')
}

/**
 * A provider that offers a Responses API promises what OpenAI asks, unless `own` says otherwise.
 * What is on probation fails no provider.
 */
export function levelOf(requirement: Requirement, yardstick: Yardstick): Level | undefined {
  const asked = requirement.level[yardstick]
  const level = asked === undefined && yardstick === 'own' ? requirement.level.openai : asked
  return level === 'must' && requirement.probation !== undefined ? 'should' : level
}

/** Whether real client programs cannot do without one of these, whatever documents say. */
export function isNeededByClients(
  ids: readonly RequirementId[],
  requirements: ReadonlyMap<RequirementId, Requirement> = loadRequirements(),
): boolean {
  return ids.some((id) => find(id, requirements).level.clients === 'must')
}

/** The requirements of these files. Throws a `ContractError` that lists every mistake. */
export function collectRequirements(
  files: readonly { readonly file: string; readonly content: unknown }[],
): ReadonlyMap<RequirementId, Requirement> {
  const problems: FileProblem[] = []
  const found = new Map<RequirementId, Requirement>()
  for (const { file, content } of files) {
    const wrong = (pointer: string, what: string, write: string): void => {
      problems.push({ file, pointer, wrong: what, write })
    }
    const area = isObject(content) ? content['area'] : undefined
    const list = isObject(content) ? content['requirements'] : undefined
    if (typeof area !== 'string') wrong('/area', show(area), 'write the name of the area')
    if (!Array.isArray(list)) {
      wrong('/requirements', show(list), 'write a list of requirements')
      continue
    }
    for (const [index, entry] of (list as readonly Json[]).entries()) {
      const at = `/requirements/${index}`
      const before = problems.length
      inspect(entry, at, wrong)
      if (problems.length > before) continue
      const requirement = {
        preconditions: [],
        ...(entry as object),
        area,
        sources: (field(entry, '/sources') as readonly JsonObject[]).map(resolveSource),
      } as unknown as Requirement
      if (found.has(requirement.id)) {
        wrong(`${at}/id`, `${requirement.id} is already taken`, 'choose another id')
      }
      found.set(requirement.id, requirement)
    }
  }
  if (problems.length > 0) throw new ContractError(problems)
  return found
}

function inspect(
  entry: Json | undefined,
  at: string,
  wrong: (pointer: string, what: string, write: string) => void,
): void {
  if (!isObject(entry)) return wrong(at, show(entry), 'write an object with id, tier, level, …')
  for (const key of Object.keys(entry)) {
    if (!KEYS.includes(key)) {
      wrong(`${at}/${token(key)}`, 'an unknown key', `use ${KEYS.join(', ')}`)
    }
  }
  const { id, tier, level, statement, preconditions = [], sources } = entry
  if (typeof id !== 'string' || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id)) {
    wrong(`${at}/id`, show(id), 'write lower-case words joined by hyphens')
  }
  if (!isOneOf(TIERS, tier)) wrong(`${at}/tier`, show(tier), 'write core, feature or advisory')
  if (!isObject(level) || Object.keys(level).length === 0) {
    wrong(`${at}/level`, show(level), 'write a level for at least one yardstick')
  } else {
    for (const [yardstick, value] of Object.entries(level)) {
      if (!isOneOf([...YARDSTICK_LABELS, 'clients'], yardstick) || !isOneOf(LEVELS, value)) {
        wrong(
          `${at}/level/${token(yardstick)}`,
          show(value),
          'write must, should or may for own, openai, open-responses or clients; leave out what does not ask',
        )
      }
    }
  }
  if (!Array.isArray(preconditions) || !preconditions.every(isText)) {
    wrong(`${at}/preconditions`, show(preconditions), 'list the names of capabilities')
  }
  if (!isText(statement)) wrong(`${at}/statement`, show(statement), 'write one sentence')
  for (const key of ['contested', 'untestable'] as const) {
    if (entry[key] !== undefined && !isText(entry[key])) {
      wrong(`${at}/${key}`, show(entry[key]), 'write the reason')
    }
  }
  if (entry['probation'] !== undefined && !/^\d{4}-\d\d-\d\d$/.test(String(entry['probation']))) {
    wrong(`${at}/probation`, show(entry['probation']), 'write the day it began, "2026-11-20"')
  }
  if (!Array.isArray(sources) || sources.length === 0) {
    wrong(`${at}/sources`, show(sources), 'name at least one source with title and url')
  } else {
    for (const [index, source] of (sources as readonly Json[]).entries()) {
      const write = findSourceMistake(source)
      if (write !== undefined) wrong(`${at}/sources/${index}`, show(source), write)
    }
  }
}

function isOneOf(list: readonly unknown[], value: unknown): boolean {
  return list.includes(value)
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== ''
}

function strongest(levels: readonly (Level | undefined)[]): Level | undefined {
  return LEVELS.find((level) => levels.includes(level))
}

function find(
  id: RequirementId,
  requirements: ReadonlyMap<RequirementId, Requirement>,
): Requirement {
  const requirement = requirements.get(id)
  if (requirement === undefined) {
    throw new HarnessError(`no requirement "${id}" in specs/requirements; add it or correct the id`)
  }
  return requirement
}
