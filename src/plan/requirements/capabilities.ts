// The capabilities of the API, `specs/capabilities.yaml`: by what documents promise them, and by what they are kept.

import { readSpec } from '../../base/read-specs.ts'
import type {
  ApiPath,
  CapabilityRecord,
  CheckId,
  FeatureRecord,
  FindingKind,
  RequirementId,
  ScenarioId,
  Verdict,
} from '../../types/index.ts'

/** Keys as the file explains them. */
export interface Capability extends CapabilityRecord {
  /** The telling one first; none where no path could document it. */
  readonly at: readonly ApiPath[]
  readonly essential: readonly (RequirementId | CheckId)[]
  readonly forms: readonly (RequirementId | CheckId)[]
  readonly idle: readonly (RequirementId | CheckId)[]
  readonly requirements: readonly RequirementId[]
  readonly scenarios: readonly ScenarioId[]
  /** Globs that end in `*`, or ids. */
  readonly takes: readonly string[]
  readonly gone: readonly FindingKind[]
  readonly minor: readonly string[]
  readonly needs?: string
  readonly unchecked?: string
  readonly unnamed?: string
}

export interface CapabilityCatalogue {
  readonly features: readonly FeatureRecord[]
  readonly capabilities: readonly Capability[]
  /** Requirements that nothing without a model can meet, besides those of behavioural checks. */
  readonly model: readonly RequirementId[]
  /** Requirements that belong to none, with the reason. */
  readonly remainder: readonly {
    readonly because: string
    readonly requirements: readonly RequirementId[]
  }[]
}

const NOTHING = {
  essential: [],
  forms: [],
  idle: [],
  requirements: [],
  scenarios: [],
  takes: [],
  gone: [],
  minor: [],
} as const

let known: CapabilityCatalogue | undefined

/** The whole file, in its order. */
export function loadCapabilityCatalogue(): CapabilityCatalogue {
  if (known === undefined) {
    const file = readSpec('capabilities.yaml') as CapabilityCatalogue
    known = { ...file, capabilities: file.capabilities.map((one) => ({ ...NOTHING, ...one })) }
  }
  return known
}

export function loadCapabilities(): readonly Capability[] {
  return loadCapabilityCatalogue().capabilities
}

/** Where a row counts: by family, by the scenario of an acceptance, by check, by requirement. */
export function listCapabilitiesOfRow(
  row: Pick<Verdict, 'check' | 'scenario' | 'requirements'>,
  capabilities: readonly Capability[],
): readonly Capability[] {
  const taken = capabilities.filter(({ takes }) => takes.includes(row.check))
  if (taken.length > 0) return taken
  if (/^[a-z-]+\/accepted$/.test(row.check))
    return capabilities.filter(({ scenarios }) => matchesAny(scenarios, row.scenario))
  const named = capabilities.filter(
    ({ essential, forms }) => essential.includes(row.check) || forms.includes(row.check),
  )
  if (named.length > 0) return named
  const family = capabilities.find(({ takes }) => matchesAny(takes, row.check))
  if (family !== undefined) return [family]
  return listCapabilitiesOfRequirements(row.requirements, capabilities)
}

/** Those that name one of the requirements. */
export function listCapabilitiesOfRequirements(
  ids: readonly RequirementId[],
  capabilities: readonly Capability[],
): readonly Capability[] {
  return capabilities.filter(({ essential, forms, requirements }) =>
    [essential, forms, requirements].some((list) => list.some((id) => ids.includes(id))),
  )
}

function matchesAny(patterns: readonly string[], id: string): boolean {
  return patterns.some((pattern) =>
    pattern.endsWith('*') ? id.startsWith(pattern.slice(0, -1)) : id === pattern,
  )
}
