// The words and glyphs that every format uses, so that all say the same.

import { concludeTarget } from '../../src/result/exit-code.ts'
import { MARKS } from '../../src/result/rows-marks-and-standing.ts'
import type { Fraction, Mark } from '../../src/result/rows-marks-and-standing.ts'
import type {
  ClaimStatus,
  ClientImpact,
  Scope,
  Readiness,
  Reason,
  RunResult,
  RunTrouble,
  TargetRecord,
  Yardstick,
} from '../../src/types/index.ts'

export const YARDSTICK_NAMES: Readonly<Record<Yardstick, string>> = {
  own: 'own documents',
  openai: 'OpenAI',
  'open-responses': 'Open Responses',
}

interface MarkLabel {
  readonly glyph: string
  readonly name: string
  readonly means: string
}

export const MARK_WORDS: Readonly<Record<Mark, MarkLabel>> = {
  breaks: {
    glyph: '✗',
    name: 'breaks clients',
    means:
      'fails; in a fault like this a measured client program went wrong, threw, hung or looped',
  },
  unmeasured: {
    glyph: '△',
    name: 'impact not measured',
    means: 'fails; what client programs make of a fault like this was not measured',
  },
  specification: {
    glyph: '▲',
    name: 'specification only',
    means: 'fails; in a fault like this no measured client program went wrong',
  },
  warn: {
    glyph: '◐',
    name: 'warning',
    means: 'departs from a should, from a contested point, or only from the own page',
  },
  inconclusive: {
    glyph: '?',
    name: 'inconclusive',
    means: 'could not be judged: rate limit, timeout, the model declined, …',
  },
  pass: { glyph: '✓', name: 'passed', means: 'holds' },
  'not-applicable': {
    glyph: '–',
    name: 'not applicable',
    means: 'not claimed, cleanly refused, or nothing to judge',
  },
}

/** What a measured client did in a fault, as the end of a sentence that begins with its name. */
export const EFFECT_WORDS: Readonly<Record<ClientImpact['effect'], string>> = {
  degraded: 'lost something',
  wrong: 'went wrong',
  throws: 'threw',
  hangs: 'hung',
  loops: 'looped',
}

/** Whether a client works with a target. */
export const ANSWER_WORDS: Readonly<Record<Readiness['answer'], { glyph: string; name: string }>> =
  {
    works: { glyph: '✓', name: 'works' },
    limited: { glyph: '◐', name: 'works with limits' },
    breaks: { glyph: '✗', name: 'breaks' },
    unknown: { glyph: '?', name: 'unknown' },
  }

export const CLIENTS_MEANS =
  'Derived from what each client sends and cannot do without; the client itself did not run.'

export const LEGEND: readonly MarkLabel[] = MARKS.map((mark) => MARK_WORDS[mark])

export const FRACTION_MEANS =
  'k/n: k of the n applicable musts passed; (m) counts every must, judged or not.'

export const REASON_WORDS: Readonly<Record<Reason, string>> = {
  'model-declined': 'the model declined',
  'rate-limited': 'rate limited after all retries',
  timeout: 'no end within the deadline',
  limit: 'more came than is read',
  unreachable: 'no connection, or 5xx after all retries',
  credentials: 'the key was refused',
  prerequisite: 'another check says what is wrong',
  budget: 'the budget was reached',
  interrupted: 'the run was stopped',
  'not-claimed': 'not claimed by the documents',
  refused: 'cleanly refused, and nobody claimed it',
  'not-shown': 'nothing in this exchange to judge',
  untestable: 'needs something that was not configured',
  'documents-wrong': 'right by OpenAI, different from the provider’s own page',
  ignored: 'accepted without any effect',
  'echoed-only': 'accepted and echoed, without any effect',
  flaky: 'passed in some of several attempts',
  contested: 'the sources contradict one another here',
}

/** Without pass or fail: what documents say is a promise. */
export const STATUS_WORDS: Readonly<Record<ClaimStatus, string>> = {
  documented: 'documented',
  conditional: 'conditional',
  inherited: 'taken over',
  denied: 'denied',
  silent: 'not mentioned',
}

export function formatFraction({ passed, applicable, all }: Fraction): string {
  return `${passed}/${applicable}${all === applicable ? '' : ` (${all})`}`
}

/** `1 check`, `2 checks`. */
export function formatCount(number: number, noun: string, plural = `${noun}s`): string {
  return `${formatThousands(number)} ${number === 1 ? noun : plural}`
}

/** 94 102: grouped by thin spaces that every terminal shows. */
export function formatThousands(number: number): string {
  return String(number).replaceAll(/\B(?=(?:\d{3})+$)/g, ' ')
}

/** `a`, `a and b`, `a, b and c`. */
export function formatList(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)!}`
}

export function formatMilliseconds(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`
  return `${Math.floor(ms / 60_000)} m ${Math.round((ms % 60_000) / 1000)} s`
}

/** Where what is said of a target is from. */
export function formatOrigin({ origin }: TargetRecord): string {
  return origin === 'emulated' ? 'emulated: a test of this suite, not of a provider' : origin
}

/** The word for a target, which never claims more than was asked. */
export function formatStanding(run: RunResult, target: TargetRecord): string {
  const { word } = concludeTarget(run, target)
  const asked = formatScopes(target)
  return word === 'conforms' && asked !== undefined ? `${word} in what was asked: ${asked}` : word
}

/** What decides about a target beside its verdicts. */
export function troublesOf(
  { troubles = [] }: RunResult,
  { id }: TargetRecord,
): readonly RunTrouble[] {
  return troubles.filter(({ target }) => target === id)
}

/** What decides about nobody that was asked: entries for other targets. */
export function strayTroublesOf({ troubles = [], targets }: RunResult): readonly RunTrouble[] {
  return troubles.filter(({ target }) => targets.every(({ id }) => id !== target))
}

/** `Stale baseline: basic/object-type on staging: passes now; …` */
export function formatTrouble({ kind, note }: RunTrouble): string {
  return `${TROUBLE_WORDS[kind]}: ${note}`
}

const TROUBLE_WORDS: Readonly<Record<RunTrouble['kind'], string>> = {
  baseline: 'Stale baseline',
  budget: 'Budget used up',
  harness: 'Our own fault',
}

/** `--suite basic tool`, the options that left something out; undefined where nothing was. */
export function formatScopes({ selection = [], setup }: TargetRecord): string | undefined {
  const parts = [...selection.map(optionsOf), ...option('lacks', setup?.lacks)]
  return parts.length === 0 ? undefined : parts.join('; ')
}

function option(name: string, values: readonly string[] = []): readonly string[] {
  return values.length === 0 ? [] : [`--${name} ${values.join(' ')}`]
}

function optionsOf({ traffic, shard, smoke, endurance, ...lists }: Scope): string {
  return [
    ...(traffic === true ? ['what holds for every exchange'] : []),
    ...(smoke === true ? ['--smoke'] : []),
    ...(endurance === true ? ['--endurance'] : []),
    ...option('client', lists.clients),
    ...option('suite', lists.suites),
    ...option('check', lists.checks),
    ...option('scenario', lists.scenarios),
    ...option('level', lists.levels),
    ...(shard === undefined ? [] : option('shard', [shard.join('/')])),
  ].join(' ')
}
