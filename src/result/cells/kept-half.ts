// The rows of a target that count for one capability → whether it is kept.

import type { Capability } from '../../plan/requirements/capabilities.ts'
import type { KeptHalf, KeptState } from '../../types/index.ts'
import {
  narrowVoice,
  settleRequirement,
  type HeardRow,
  type Settled,
} from './settle-requirement.ts'
import { isAcceptanceRow, type Refusal, type Voice } from './voices.ts'

/** A kept half, and the refusal on which a "no" rests: rules over a column compare these. */
export interface KeptDraft extends KeptHalf {
  readonly refusal?: Refusal
}

const UNASKED = 'no check of it was run'
const MOST_ROWS = 6
const MOST_FAULTS_NAMED = 3
const CLOSED: ReadonlySet<Voice['says']> = new Set(['refused', 'crashed', 'useless'])

interface Weighed {
  readonly real: readonly HeardRow[]
  /** Rows of <suite>/accepted that are refused, crash, or get nothing of use. */
  readonly doors: readonly HeardRow[]
  readonly faults: readonly HeardRow[]
  readonly counts: KeptHalf['counts']
}

interface KeptContext {
  /** Names a check for a person. */
  readonly titleOf: (check: string) => string
  /** Whether everything was asked: what has no row is then nothing that the yardstick demands. */
  readonly isWhole: boolean
}

/** What a target does of a capability. */
export function decideKept(
  capability: Capability,
  rows: readonly HeardRow[],
  { titleOf, isWhole }: KeptContext,
): KeptDraft {
  if (capability.unchecked !== undefined) return draft('not asked', capability.unchecked, rows)
  const weighed = weigh(rows)
  const settle = (id: string): Settled => settleWithDoors(id, capability, weighed)
  const all = softenRules(capability.essential.map(settle))
  const demanded = all.filter(({ isAsked }) => isAsked)
  const essential = isWhole && demanded.length > 0 ? demanded : all
  const forms = capability.forms.map(settle)
  const decided =
    decideEssential(essential) ??
    decideForms(forms, capability.idle) ??
    decideOpen(essential, weighed) ??
    decideHalf(essential)
  if (decided !== undefined)
    return draft(decided.state, decided.why, rows, weighed, decided.refusal)
  return decideRest(capability, rows, weighed, titleOf)
}

interface Decided {
  readonly state: KeptState
  readonly why?: string
  readonly refusal?: Refusal | undefined
}

function weigh(rows: readonly HeardRow[]): Weighed {
  const real = rows.filter(({ row }) => !isAcceptanceRow(row))
  const doors = rows.filter(({ row, voice }) => isAcceptanceRow(row) && CLOSED.has(voice.says))
  const faults = real.filter(({ row, voice }) => {
    if (row.level !== 'must') return false
    if (['no', 'sometimes', 'crashed'].includes(voice.says)) return true
    return voice.says === 'refused' && row.outcome === 'fail'
  })
  const isRemark = ({ row }: HeardRow): boolean =>
    row.outcome === 'warn' || (row.outcome === 'fail' && row.level !== 'must')
  const checks = (list: readonly HeardRow[]): number =>
    new Set(list.map(({ row }) => row.check)).size
  return {
    real,
    doors,
    faults,
    counts: {
      passed: real.filter(({ row }) => row.outcome === 'pass').length,
      failed: checks(faults),
      remarks: checks(real.filter(isRemark)),
      undecided: real.filter(({ row }) => row.outcome === 'inconclusive').length,
    },
  }
}

/** What nothing could be judged of because its own request was not answered is not answered. */
function settleWithDoors(id: string, capability: Capability, { real, doors }: Weighed): Settled {
  const mine = real.filter(({ row }) =>
    id.includes('/') ? row.check === id : row.requirements.includes(id),
  )
  const settled = settleRequirement(
    id,
    mine.map((heard) => ({ ...heard, voice: narrowVoice(heard, id, capability) })),
  )
  const scenarios = new Set(mine.map(({ row }) => row.scenario))
  const door = doors.find(({ row }) => scenarios.has(row.scenario))
  if (door === undefined) return settled
  const isOpen = settled.state === 'unclear' || settled.state === 'unseen'
  const isMute = settled.state === 'no' && settled.refusal?.said === ''
  if (!isOpen && !isMute) return settled
  const { why, refusal } = door.voice
  return { ...settled, state: 'no', why, ...(refusal === undefined ? {} : { refusal }) }
}

/** A rule over all exchanges that fails somewhere does not take away what another essential shows to be there. */
function softenRules(essential: readonly Settled[]): readonly Settled[] {
  if (!essential.some(({ state }) => state === 'yes')) return essential
  return essential.map((one) =>
    one.state === 'no' && one.isOfEvery && one.refusal === undefined
      ? { ...one, state: 'partly' }
      : one,
  )
}

function decideEssential(essential: readonly Settled[]): Decided | undefined {
  const failed = essential.find(({ state }) => state === 'no')
  return failed && { state: 'no', why: failed.why, refusal: failed.refusal }
}

/** Several ways of one thing: forms that pass by doing nothing count beside another only. */
function decideForms(forms: readonly Settled[], idle: readonly string[]): Decided | undefined {
  if (forms.length === 0) return undefined
  const asked = forms.filter(({ state }) => state !== 'unasked' && state !== 'unseen')
  const [first] = asked
  if (first === undefined) {
    const unseen = forms.find(({ state }) => state === 'unseen')
    return unseen === undefined
      ? { state: 'not asked', why: forms[0]!.why || UNASKED }
      : { state: 'unclear', why: unseen.why }
  }
  const active = asked.filter(({ id }) => !idle.includes(id))
  const bad = active.filter(({ state }) => state === 'no')
  const works = active.some(({ state }) => state === 'yes' || state === 'partly')
  const open = asked.find(({ state }) => state === 'unclear')
  const not = `not ${asked
    .filter(({ state }) => state === 'no')
    .map(({ id }) => nameForm(id))
    .join(', ')}`
  if (active.length === 0) return { state: 'unclear', why: 'only what passes by doing nothing' }
  if (bad.length === active.length)
    return { state: 'no', why: bad[0]!.why, refusal: bad[0]!.refusal }
  if (!works && bad.length * 2 > active.length) return { state: 'no', why: not }
  if (!works) return { state: 'unclear', why: open?.why ?? not }
  return asked.some(({ state }) => state === 'no') ? { state: 'partly', why: not } : undefined
}

/** An essential that is undecided, or of which nothing came. */
function decideOpen(essential: readonly Settled[], { doors }: Weighed): Decided | undefined {
  const unclear = essential.find(({ state }) => state === 'unclear')
  if (unclear !== undefined) return { state: 'unclear', why: unclear.why }
  const mute = essential.filter(({ state }) => state === 'unasked' || state === 'unseen')
  const [first] = mute
  if (first === undefined) return undefined
  const [door] = doors
  if (door !== undefined) return { state: 'no', why: door.voice.why, refusal: door.voice.refusal }
  const unseen = mute.find(({ state }) => state === 'unseen')
  if (unseen !== undefined) return { state: 'unclear', why: unseen.why }
  if (mute.length === essential.length) return { state: 'not asked', why: first.why || UNASKED }
  return { state: 'unclear', why: `asked in part: ${first.why || UNASKED}` }
}

function decideHalf(essential: readonly Settled[]): Decided | undefined {
  const half = essential.find(({ state }) => state === 'partly')
  return half && { state: 'partly', why: half.why }
}

/** No essential and no form decides: by the rows as they are. */
function decideRest(
  { essential, forms }: Capability,
  rows: readonly HeardRow[],
  weighed: Weighed,
  titleOf: (check: string) => string,
): KeptDraft {
  const { faults, counts, real } = weighed
  const named = [...new Set(faults.map(({ row }) => row.check))].map(titleOf)
  const why = named.slice(0, MOST_FAULTS_NAMED).join('; ')
  const hasCore = essential.length + forms.length > 0
  if (faults.length > 0) {
    const isGone = !hasCore && faults.length >= counts.passed
    return draft(isGone ? 'no' : 'partly', why, rows, weighed)
  }
  if (hasCore || counts.passed > 0) return draft('yes', undefined, rows, weighed)
  const missing = real.find(({ row }) => row.outcome === 'warn')
  if (missing !== undefined) return draft('no', missing.voice.why, rows, weighed)
  const open = real.find(({ voice }) => voice.says === 'unclear')
  return open === undefined
    ? draft('not asked', real[0]?.voice.why ?? UNASKED, rows, weighed)
    : draft('unclear', open.voice.why, rows, weighed)
}

function draft(
  state: KeptState,
  why: string | undefined,
  rows: readonly HeardRow[],
  weighed?: Weighed,
  refusal?: Refusal,
): KeptDraft {
  const { faults = [], doors = [], counts } = weighed ?? {}
  // What says so first, then what else is wrong or open, then what passed.
  const order = ['fail', 'warn', 'inconclusive', 'not-applicable', 'pass']
  const telling = [...faults, ...doors]
  const others = rows
    .filter((one) => !telling.includes(one))
    .toSorted((a, b) => order.indexOf(a.row.outcome) - order.indexOf(b.row.outcome))
  return {
    state,
    ...(why === undefined || why === '' ? {} : { why }),
    counts: counts ?? { passed: 0, failed: 0, remarks: 0, undecided: 0 },
    rows: [...telling, ...others].slice(0, MOST_ROWS).map(({ row }) => {
      const [evidence] = Object.values(row.evidence)
      return {
        check: row.check,
        scenario: row.scenario,
        outcome: row.outcome,
        ...(evidence === undefined ? {} : { evidence }),
      }
    }),
    ...(refusal === undefined ? {} : { refusal }),
  }
}

const FORM_NAMES: Readonly<Record<string, string>> = {
  'tool-choice-required': 'required',
  'tool-choice-none': 'none',
  'tool-forced-call': 'a named function',
  'tool-allowed-tools': 'allowed_tools',
  'tool-flat-definition': 'a call by its name',
  'tool-arguments-json-string': 'arguments that parse',
  'tool-parallel-false': 'one call when told',
  'tool/parallel-calls-differ': 'several at once',
  'msg-role-system': 'system',
  'msg-role-developer': 'developer',
  'so-refusal-shape': 'without a stream',
  'stream-refusal-events': 'in a stream',
  'stream-summary-concat': 'summaries',
  'stream-reasoning-text-openai': 'thoughts',
  'error-unknown-model': 'an unknown model',
  'error-malformed-json-400': 'a broken body',
  'error-wrong-type': 'a wrong type',
  'error-wrong-type-of-a-setting': 'a wrong type of a setting',
  'error-invalid-enum': 'an unknown word',
  'error-numeric-range': 'a number out of range',
  'usage-cached-tokens': 'cached',
  'usage-reasoning-tokens': 'reasoning',
}

function nameForm(id: string): string {
  return FORM_NAMES[id] ?? id.split('/').at(-1)!.replace('-at-most', ' at its most')
}
