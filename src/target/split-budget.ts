// Shares a budget of a command out among its targets.

import { UsageError } from '../base/errors.ts'
import type { Target } from './target-and-keys.ts'

/** Caps for all targets together. */
export interface Budget {
  readonly tokens?: number
  readonly requests?: number
}

/** Each target with its part, or with a smaller cap of its own. Throws a `UsageError` where there is too little. */
export function splitBudget(targets: readonly Target[], budget: Budget = {}): readonly Target[] {
  return targets.map((target) => {
    const caps = Object.entries(budget).map(([name, all]: [string, number]) => {
      const part = Math.floor(all / targets.length)
      if (part < 1) {
        throw new UsageError(`--budget ${name}=${all} is too little for ${targets.length} targets`)
      }
      return [name, Math.min(part, target.limits[name as keyof Budget] ?? Infinity)] as const
    })
    return { ...target, limits: { ...target.limits, ...Object.fromEntries(caps) } }
  })
}
