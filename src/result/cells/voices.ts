// What one row says about a capability, from data alone: kinds, statuses and levels, never a sentence.

import type { Finding, RunResult, TargetRecord, Verdict } from '../../types/index.ts'

/**
 * `remark`: works, with a flaw of the lesser sort; `sometimes`: both ways; `refused`: a 4xx to what was
 * asked; `crashed`: 500 or 501 at every attempt; `useless`: 2xx at every attempt, and no answer in it;
 * `unseen`: nothing to judge came; `unasked`: not sent.
 */
export type Says =
  | 'yes'
  | 'remark'
  | 'sometimes'
  | 'no'
  | 'refused'
  | 'crashed'
  | 'useless'
  | 'unclear'
  | 'unseen'
  | 'unasked'

export interface Voice {
  readonly says: Says
  /** One clause for a person. */
  readonly why: string
  /** Of a refusal, or of an answer of no use: its status and words, by which they are told apart. */
  readonly refusal?: Refusal
}

export interface Refusal {
  /** `POST /responses` */
  readonly request: string
  readonly status: number
  readonly said: string
}

/** What a row needs of its run. */
export interface Hearing {
  readonly run: Pick<RunResult, 'evidence' | 'scenarios'>
  readonly target: Pick<TargetRecord, 'endpoint' | 'origin'>
}

const MOST_OF_A_CLAUSE = 120

export function isAcceptanceRow({ check }: Pick<Verdict, 'check'>): boolean {
  return /^[a-z-]+\/accepted$/.test(check)
}

export function readVoice(row: Verdict, hearing: Hearing): Voice {
  const refusal = refusalOf(row, hearing)
  switch (row.outcome) {
    case 'pass':
      return { says: 'yes', why: '' }
    case 'fail':
      return readFailure(row, refusal, hearing)
    case 'warn':
      return readWarning(row, refusal)
    case 'inconclusive':
      return readDoubt(row, refusal)
    case 'not-applicable':
      return readUnjudged(row, refusal, hearing)
  }
}

function readFailure(row: Verdict, refusal: Refusal | undefined, hearing: Hearing): Voice {
  const [first] = row.findings
  const why = describeFinding(first)
  if (row.origin === 'recorded') {
    // Recorders leave headers out, and one exchange of many is no habit.
    const isOfHeaders = row.findings.every(({ at }) => at.startsWith('header'))
    return isOfHeaders
      ? { says: 'unseen', why: 'headers were not recorded' }
      : { says: 'sometimes', why }
  }
  if (first?.at === 'status' && refusal !== undefined && refusal.status >= 400) {
    if (isAcceptanceRow(row)) return refuse(refusal)
    // Refused, as it should be, in another way than the sentence asks: neither let in nor swallowed.
    if (isRefusalAsked(row, first, hearing))
      return { says: refusal.status < 500 ? 'remark' : 'sometimes', why, refusal }
    return { ...refuse(refusal), says: refusal.status < 500 ? 'refused' : 'crashed' }
  }
  if (isAcceptanceRow(row) && first !== undefined) return voiceUseless(row, first, hearing)
  return { says: 'no', why }
}

function voiceUseless(row: Verdict, { step, actual }: Finding, { run }: Hearing): Voice {
  const { request = '', status = 0 } = run.evidence[row.evidence[step] ?? ''] ?? {}
  const said = tidy(actual)
  return {
    says: 'useless',
    why: clip(`no usable answer: ${said}`),
    refusal: { request, status, said },
  }
}

/** Whether the row is about a request that has to be refused. */
function isRefusalAsked(row: Verdict, first: Finding, { run }: Hearing): boolean {
  return (
    first.kind === 'misrefused' ||
    first.kind === 'error-form' ||
    run.scenarios[row.scenario]?.refusals?.includes(first.step) === true
  )
}

function readWarning(row: Verdict, refusal: Refusal | undefined): Voice {
  const [first] = row.findings
  // A contested wording excuses no missing route, and no document has to promise what is refused here.
  if (isAcceptanceRow(row) && first?.at === 'status' && refusal !== undefined)
    return refuse(refusal)
  return { says: row.reason === 'flaky' ? 'sometimes' : 'remark', why: describeFinding(first) }
}

function readDoubt(row: Verdict, refusal: Refusal | undefined): Voice {
  const why = describeNote(row)
  // Whether a server breaks at what was asked is told by the acceptance of the scenario, with its control.
  const isMissing =
    row.reason === 'prerequisite' && refusal !== undefined && isNoCollection(refusal)
  return isMissing ? refuse(refusal) : { says: 'unclear', why }
}

function readUnjudged(row: Verdict, refusal: Refusal | undefined, hearing: Hearing): Voice {
  const why = describeNote(row)
  switch (row.reason) {
    case 'refused': {
      // What the run offers by URL lies on loopback: who does not fetch from there is right.
      const isOurs =
        hearing.run.scenarios[row.scenario]?.fetches === true && isOnLoopback(hearing.target)
      if (isOurs)
        return { says: 'unclear', why: 'it does not fetch from loopback, where the test offers it' }
      return refusal === undefined ? { says: 'refused', why } : refuse(refusal)
    }
    case 'not-shown':
      return { says: 'unseen', why }
    default:
      return { says: 'unasked', why }
  }
}

function refuse(refusal: Refusal): Voice {
  const { status, said } = refusal
  const words = said === '' ? `HTTP ${status}` : `${status}: ${said}`
  return { says: 'refused', why: clip(`refused: ${words}`), refusal }
}

/** The refusal that a row is about: of the step of its finding, of what blocks it, or the first there is. */
function refusalOf(row: Verdict, { run }: Hearing): Refusal | undefined {
  const step = row.findings[0]?.step ?? blockedStepOf(row)
  const named = step === undefined ? undefined : row.evidence[step]
  const ids = named === undefined ? Object.values(row.evidence) : [named]
  const record = ids.map((id) => run.evidence[id]).find((one) => (one?.status ?? 0) >= 400)
  if (record !== undefined)
    return { request: record.request, status: record.status, said: tidy(record.said ?? '') }
  const blocker = row.blockedBy
  const facts =
    row.findings[0]?.answer ??
    (blocker !== undefined && 'exchange' in blocker ? blocker.answer : undefined)
  if (facts === undefined || facts.status < 400) return undefined
  return { request: facts.operation, status: facts.status, said: tidy(facts.message ?? '') }
}

function blockedStepOf({ blockedBy }: Verdict): string | undefined {
  return blockedBy !== undefined && 'exchange' in blockedBy
    ? blockedBy.exchange.split('#')[1]
    : undefined
}

function isOnLoopback({ endpoint }: Hearing['target']): boolean {
  return (
    URL.canParse(endpoint) && /^(localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(endpoint).hostname)
  )
}

function describeFinding(finding: Finding | undefined): string {
  if (finding === undefined) return ''
  const { at, actual, expected, message } = finding
  if (message !== undefined) return clip(tidy(message))
  return clip(tidy(`${at === 'status' ? '' : `${at}: `}${actual}, not ${expected}`))
}

/** A POST that names no id cannot miss one: there is no such route. */
function isNoCollection({ request, status }: Refusal): boolean {
  return (
    [404, 405, 501].includes(status) &&
    request !== 'POST /responses' &&
    /^POST (\/[a-z_]+){1,2}$/.test(request)
  )
}

/** A note without its pointers to other checks, which a cell has as data. */
function describeNote({ note = '' }: Verdict): string {
  return clip(tidy(note.replaceAll(/, which is told elsewhere|: see [\w-]+(\/[\w-]+)?$/g, '')))
}

function tidy(text: string): string {
  return text
    .replaceAll(/<[^>]{0,200}>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
}

function clip(text: string): string {
  return text.length > MOST_OF_A_CLAUSE ? `${text.slice(0, MOST_OF_A_CLAUSE - 1)}…` : text
}
