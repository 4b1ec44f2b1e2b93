// Corrects a whole column: what fails for another reason than its own is no "no".

import type { Capability } from '../../plan/requirements/capabilities.ts'
import type { ColumnRule, KeptState, TargetSetup, Verdict } from '../../types/index.ts'
import type { KeptDraft } from './kept-half.ts'

/** By capability id. */
export type Column = ReadonlyMap<string, KeptDraft>

export interface ColumnFacts {
  readonly capabilities: readonly Capability[]
  readonly setup?: TargetSetup | undefined
  readonly rows: readonly Verdict[]
}

const PLAIN = 'plain-answer'

/** The rules in their order: each sees what the ones before it decided. */
export function correctColumn(column: Column, facts: ColumnFacts): Column {
  const rules = [
    applyKey,
    applyBehind,
    applyTogether,
    applyPlain,
    applyStream,
    applyNeeds,
    pointAtFirst,
  ]
  return rules.reduce((sofar, rule) => rule(sofar, facts), column)
}

/** What the one behind does as well says nothing about who stands in front of it. */
export function excuseRelay(column: Column, behind: Column, name: string): Column {
  return mapColumn(column, (draft, id) => {
    const theirs = behind.get(id)?.state
    const isTheirs =
      (draft.state === 'no' && theirs === 'no') ||
      (draft.state === 'partly' && (theirs === 'no' || theirs === 'partly'))
    return isTheirs
      ? overrule(draft, 'relay', 'unclear', `as ${name}, which stands behind it`)
      : draft
  })
}

/** Where neither a missing nor a wrong key is refused, it may have been started without one. */
function applyKey(column: Column, { rows, setup }: ColumnFacts): Column {
  const draft = column.get('key-required')
  if (draft?.state !== 'no' || setup?.key === 'demanded') return column
  const checks = ['auth/asks-for-a-key', 'auth/refuses-a-wrong-key']
  const isOpen = checks.every((check) =>
    rows.some(
      (row) =>
        row.check === check &&
        row.findings.some(({ at, answer }) => at === 'status' && (answer?.status ?? 400) < 300),
    ),
  )
  if (!isOpen) return column
  const cell =
    setup?.key === 'none'
      ? overrule(draft, 'key', 'not asked', 'it was started without a key')
      : overrule(draft, 'key', 'unclear', 'whether it was started with a key is not known')
  return new Map([...column, ['key-required', cell]])
}

function applyBehind(column: Column, { capabilities, setup }: ColumnFacts): Column {
  const lacks = new Set(setup?.lacks ?? [])
  if (lacks.size === 0) return column
  const features = new Map(capabilities.map(({ id, feature }) => [id, feature]))
  return mapColumn(column, (draft, id) =>
    (lacks.has(id) || lacks.has(features.get(id)!)) && !['yes', 'seen'].includes(draft.state)
      ? overrule(draft, 'behind', 'not asked', 'lacks in this set-up')
      : draft,
  )
}

/** The words of a refusal that name a feature of their own. */
const HOMES: readonly (readonly [RegExp, string])[] = [
  [/text\.format|json_schema|response_format/i, 'structured-output'],
  [/\btools?\b|tool_choice|\bfunction\b/i, 'tool'],
  [/previous_response|\bstore\b|conversation/i, 'stateful'],
  [/input_file|file_(id|data|url)/i, 'file'],
  [/\bimage|input_image/i, 'image'],
]
/** One refusal over so many capabilities of several features is about none of them. */
const LEAST_TOGETHER = 3

function applyTogether(column: Column, { capabilities }: ColumnFacts): Column {
  const groups = new Map<string, Capability[]>()
  for (const one of capabilities) {
    const { state, refusal } = column.get(one.id) ?? {}
    // Refusals without words cannot be told apart: they accuse nothing.
    if (state !== 'no' || refusal === undefined || ![400, 422].includes(refusal.status)) continue
    const key = keyOfRefusal(refusal)
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  const corrected = new Map(column)
  for (const group of groups.values()) {
    const features = new Set(group.map(({ feature }) => feature))
    if (group.length < LEAST_TOGETHER || features.size < 2) continue
    const words = column.get(group[0]!.id)!.refusal!.said
    const home = HOMES.find(([pattern]) => pattern.test(words))?.[1]
    for (const { id, feature } of group) {
      if (feature === home) continue
      const draft = column.get(id)!
      const why = `what it was asked with is ${draft.why ?? 'refused'}`
      corrected.set(id, overrule(draft, 'together', 'unclear', why))
    }
  }
  return corrected
}

/** What fails as the plain question fails says nothing about what it was asked for. */
function applyPlain(column: Column, { capabilities }: ColumnFacts): Column {
  const plain = column.get(PLAIN)
  if (plain === undefined || !['no', 'partly', 'unclear'].includes(plain.state)) return column
  const key = plain.refusal && keyOfRefusal(plain.refusal)
  const corrected = mapColumn(column, (draft, id) => {
    if (id === PLAIN || draft.state !== 'no' || draft.refusal === undefined) return draft
    const isSame = key !== undefined && keyOfRefusal(draft.refusal) === key
    // A server that breaks at the plain question breaks at everything.
    const isBroken = draft.refusal.status >= 500 && plain.state !== 'partly'
    if (!isSame && !isBroken) return draft
    return {
      ...overrule(draft, 'plain', 'unclear', `as the plain question: ${plain.why ?? ''}`),
      as: PLAIN,
    }
  })
  const other = capabilities.find(
    ({ id }) => ['string-input', 'typed-parts'].includes(id) && column.get(id)?.state === 'yes',
  )
  if (plain.state !== 'no' || plain.refusal === undefined || other === undefined) return corrected
  const form = other.id === 'string-input' ? 'one string' : 'typed parts'
  const why = `only as ${form}; otherwise ${plain.why ?? ''}`
  return new Map([...corrected, [PLAIN, overrule(plain, 'plain', 'partly', why)]])
}

/** What is asked at a stroke and in a stream tells nothing where no stream is answered. */
function applyStream(column: Column, { capabilities }: ColumnFacts): Column {
  const stream = column.get('stream-ends')
  if (stream?.state !== 'no' || stream.refusal === undefined) return column
  const key = keyOfRefusal(stream.refusal)
  const features = new Map(capabilities.map(({ id, feature }) => [id, feature]))
  return mapColumn(column, (draft, id) =>
    features.get(id) !== 'streaming' &&
    draft.state === 'no' &&
    draft.refusal !== undefined &&
    keyOfRefusal(draft.refusal) === key
      ? {
          ...overrule(draft, 'plain', 'unclear', `as a plain stream: ${stream.why ?? ''}`),
          as: 'stream-ends',
        }
      : draft,
  )
}

/** A 404 proves no deletion where nothing is stored. A refusal of its own stays its own. */
function applyNeeds(column: Column, { capabilities }: ColumnFacts): Column {
  const names = new Map(capabilities.map(({ id, name }) => [id, name]))
  const needs = new Map(capabilities.map(({ id, needs: need }) => [id, need]))
  return mapColumn(column, (draft, id) => {
    const need = needs.get(id)
    const needed = need === undefined ? undefined : column.get(need)
    if (need === undefined || needed === undefined || draft.state === 'not asked') return draft
    const name = names.get(need) ?? need
    if (needed.state === 'no' && draft.refusal === undefined)
      return overrule(draft, 'needs', 'not asked', `means nothing without: ${name}`)
    return needed.state === 'unclear' && draft.state === 'yes'
      ? overrule(draft, 'needs', 'unclear', `rests on: ${name}, which is unclear`)
      : draft
  })
}

/** One refusal that takes away several capabilities is told once: the others point at the first. */
function pointAtFirst(column: Column, { capabilities }: ColumnFacts): Column {
  const first = new Map<string, string>()
  const corrected = new Map(column)
  for (const { id } of capabilities) {
    const draft = column.get(id)
    if (draft?.refusal === undefined || draft.as !== undefined) continue
    if (draft.state !== 'no' && draft.state !== 'unclear') continue
    const key = keyOfRefusal(draft.refusal)
    const earlier = first.get(key)
    if (earlier === undefined) first.set(key, id)
    else corrected.set(id, { ...draft, as: earlier })
  }
  return corrected
}

/** What tells one refusal from another: its status and words, without what differs from request to request. */
function keyOfRefusal({ request, status, said }: NonNullable<KeptDraft['refusal']>): string {
  const steady = said
    .replaceAll(/\b[a-z]+[_-][\w-]*\d[\w-]*/gi, '…')
    .replaceAll(/\bZX7-[\dA-F]+/gi, '…')
  const route = request.replace(/\/[\w-]*\d[\w-]*/g, '/…')
  return `${route} ${status} ${steady.slice(0, 80)}`
}

function mapColumn(column: Column, change: (draft: KeptDraft, id: string) => KeptDraft): Column {
  return new Map([...column].map(([id, draft]) => [id, change(draft, id)]))
}

function overrule(draft: KeptDraft, rule: ColumnRule, state: KeptState, why: string): KeptDraft {
  return { ...draft, state, why, rule, was: draft.was ?? draft.state }
}
