// The capabilities of the API, each with the paths by which documents promise it.

import { readSpec } from '../base/read-specs.ts'
import type { ApiPath, Feature } from '../types/index.ts'

export interface Capability {
  readonly id: string
  readonly feature: Feature
  readonly name: string
  /** The telling one first; none where no path could document it. */
  readonly at: readonly ApiPath[]
}

let known: readonly Capability[] | undefined

/** Those of `specs/capabilities.yaml`, in its order. */
export function loadCapabilities(): readonly Capability[] {
  known ??= (readSpec('capabilities.yaml') as { capabilities: readonly Capability[] }).capabilities
  return known
}
