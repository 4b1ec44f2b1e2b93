// Reads how real clients react to each fault: measured, kept in `specs/clients/impact.json`.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from '../base/package-root.ts'
import { clientProfileOf, type Mode } from './profile.ts'
import type { CheckId, ClientImpact } from '../types/index.ts'

/** From harmless to worst. */
const EFFECTS = ['works', 'degraded', 'wrong', 'throws', 'hangs', 'loops'] as const
export type Effect = (typeof EFFECTS)[number]

/** What one client made of one fault: the worst of its flows, and the flows that suffered. */
export interface MeasuredEffect {
  readonly effect: Effect
  readonly flows?: Readonly<Record<string, Effect>>
}

export interface ImpactTable {
  /** The day of the last measurement, YYYY-MM-DD. */
  readonly measured: string
  /** Versions of the clients. */
  readonly clients: Readonly<Record<string, string>>
  /** By need: what each client makes of its absence. */
  readonly needs: Readonly<Record<string, Readonly<Record<string, MeasuredEffect>>>>
  /** By check: the clients that met the fault of its mutant. */
  readonly checks: Readonly<Record<CheckId, Readonly<Record<string, MeasuredEffect>>>>
}

export const impactFile: string = join(packageRoot, 'specs', 'clients', 'impact.json')

let table: ImpactTable | undefined

export function loadImpact(): ImpactTable {
  table ??= existsSync(impactFile)
    ? (JSON.parse(readFileSync(impactFile, 'utf8')) as ImpactTable)
    : { measured: '', clients: {}, needs: {}, checks: {} }
  return table
}

/**
 * What clients did in the fault that this check's mutant makes: those that did not work. Empty where
 * enough of them met it and all worked; undefined where too few did, and nothing is known.
 */
export function impactOf(check: CheckId): readonly ClientImpact[] | undefined {
  if (check.startsWith('clients/')) return breaksByNeed(check)
  const suffered = Object.entries(loadImpact().checks[check] ?? {}).flatMap(
    ([client, { effect }]) => (effect === 'works' ? [] : [{ client, effect }]),
  )
  return suffered.length === 0 && !isMeasuredHarmless(check) ? undefined : suffered
}

/** `clients/<client>/<mode>/<need>` and `clients/<client>/<flow>` are about one client. */
function breaksByNeed(check: CheckId): readonly ClientImpact[] | undefined {
  const [, client = '', mode, need = 'accepted'] = check.split('/')
  const profile = clientProfileOf(client)
  const effect = profile?.modes[mode as Mode]?.needs[need]
  if (effect !== undefined) return [{ client, effect }]
  return profile !== undefined && need === 'accepted' ? [{ client, effect: 'throws' }] : undefined
}

/** So many clients have to have met a fault before their silence says something. */
const ENOUGH = 5

/** Whether it was measured that no client minds: enough of them met the fault, and all worked. */
export function isMeasuredHarmless(check: CheckId): boolean {
  const effects = Object.values(loadImpact().checks[check] ?? {}).map(({ effect }) => effect)
  return effects.length >= ENOUGH && effects.every((effect) => effect === 'works')
}

export function worstEffectOf(effects: Iterable<Effect>): Effect {
  return EFFECTS[Math.max(0, ...[...effects].map((effect) => EFFECTS.indexOf(effect)))]!
}
