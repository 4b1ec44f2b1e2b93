// The capabilities of the API, `specs/capabilities.yaml`: by what documents promise them, and by what they are kept.

import { readSpec } from '../base/read-specs.ts'
import type {
  ApiPath,
  CapabilityRecord,
  CheckId,
  FeatureRecord,
  FindingKind,
  RequirementId,
  ScenarioId,
} from '../types/index.ts'

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
