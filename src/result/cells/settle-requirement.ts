// All voices on one requirement or check → one state.

import type { Capability } from '../../plan/requirements/capabilities.ts'
import type { Verdict } from '../../types/index.ts'
import type { Refusal, Voice } from './voices.ts'

/** A row that counts for a capability, and what it says there. */
export interface HeardRow {
  readonly row: Verdict
  readonly voice: Voice
}

export interface Settled {
  readonly id: string
  readonly state: 'yes' | 'partly' | 'no' | 'unclear' | 'unseen' | 'unasked'
  readonly why: string
  readonly refusal?: Refusal
  /** Whether no row but those of rules over every exchange says so. */
  readonly isOfEvery: boolean
  readonly isAsked: boolean
}

/** One requirement from all rows that name it. */
export function settleRequirement(id: string, rows: readonly HeardRow[]): Settled {
  const find = (...says: readonly Voice['says'][]): Voice | undefined =>
    rows.find(({ voice }) => says.includes(voice.says))?.voice
  const isOfEvery = rows.length > 0 && rows.every(({ row }) => row.scenario === 'every')
  const settled = (state: Settled['state'], voice: Voice | undefined): Settled => ({
    id,
    state,
    why: voice?.why ?? '',
    ...(voice?.refusal === undefined ? {} : { refusal: voice.refusal }),
    isOfEvery,
    isAsked: rows.length > 0,
  })
  const yes = find('yes', 'remark')
  // A refusal with words says more than one without.
  const no =
    rows.find(({ voice }) => voice.says === 'refused' && voice.refusal?.said !== '')?.voice ??
    find('no', 'refused', 'crashed')
  if (no !== undefined && yes !== undefined) return settled('partly', no)
  const sometimes = find('sometimes')
  if (sometimes !== undefined) return settled('partly', sometimes)
  if (no !== undefined) return settled('no', no)
  if (yes !== undefined) return settled('yes', undefined)
  const unclear = find('unclear')
  if (unclear !== undefined) return settled('unclear', unclear)
  const unseen = find('unseen')
  return unseen === undefined ? settled('unasked', rows[0]?.voice) : settled('unseen', unseen)
}

/**
 * A voice on a requirement of a capability: a failure that concerns another requirement of the same
 * check, a lesser field, or errors alone takes nothing away from it.
 */
export function narrowVoice({ row, voice }: HeardRow, id: string, capability: Capability): Voice {
  if (voice.says !== 'no') return voice
  const { findings } = row
  const named = findings.flatMap(({ requirement }) => requirement ?? [])
  if (named.length === findings.length && !id.includes('/') && !named.includes(id))
    return { says: 'yes', why: '' }
  const isMinor =
    capability.minor.length > 0 &&
    findings.every(({ at }) => capability.minor.some((pointer) => at.endsWith(pointer)))
  const isOfErrorsAlone =
    row.scenario === 'every' &&
    capability.feature !== 'errors' &&
    findings.every(({ step }) => step.startsWith('errors/'))
  const isThere =
    capability.gone.length > 0 &&
    findings.every(({ kind }) => kind !== undefined && !capability.gone.includes(kind))
  const { held = 0, failed = 0 } = row.exchanges ?? {}
  if (held > 0)
    return { says: 'sometimes', why: `in ${failed} of ${held + failed} exchanges: ${voice.why}` }
  return isMinor || isOfErrorsAlone || isThere ? { ...voice, says: 'sometimes' } : voice
}
