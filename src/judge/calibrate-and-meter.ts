// Whether a place of a request reaches the model, by two instruments: a word that the model repeats,
// read only of a model that was seen to repeat words, and the meter, `usage.input_tokens`, read only
// of an endpoint whose count was seen to follow the text.

import { defineScenario } from '../authoring/define.ts'
import {
  answerTextOf,
  ASK_WORD,
  choiceFormatOf,
  codeWordsOf,
  decoysOf,
  plantWord,
  variantOf,
  wordFormatOf,
} from '../authoring/code-word.ts'
import { field, isObject } from '../base/json.ts'
import { response } from '../authoring/read.ts'
import type { RunContext } from './verdict-row.ts'
import type {
  Exchange,
  Json,
  JsonObject,
  RequestBuilder,
  Scenario,
  Step,
  WireRequest,
} from '../types/index.ts'

/** What the model of a target showed when it was asked for words in the plainest way. */
export type Repeating =
  /** It repeats what it is told, and says `unknown` where it was told nothing. */
  | { readonly kind: 'repeats' }
  | { readonly kind: 'fails'; readonly note: string }
  /** It could not be asked. */
  | { readonly kind: 'unknown'; readonly note: string }

/** The steps whose words are lengthened, and the step that counts them. */
export interface MeteredPlace {
  readonly fill: readonly string[]
  readonly read: string
}

/** What the meter says of one place. */
export type Metered = 'delivered' | 'dropped' | 'unmetered'

const once = (request: Step['request']): Step => ({ request, expect: 'either', once: true })
const SMALLEST_CAP = { max_output_tokens: 16 }

const calibration = defineScenario({
  id: 'calibration/word',
  title: 'Whether the model repeats a word that the user says, and no other',
  apiPaths: [],
  tier: 'core',
  fresh: true,
  steps: {
    told: once((builder) =>
      builder.createRequest(
        `${plantWord(builder.nonce)} ${ASK_WORD}`,
        choiceFormatOf(builder, { word: [builder.nonce, ...decoysOf(builder.nonce)] }),
      ),
    ),
    toldAgain: once((builder) =>
      builder.createRequest(
        `${plantWord(variantOf(builder.nonce, 5))} ${ASK_WORD}`,
        wordFormatOf(builder, variantOf(builder.nonce, 5)),
      ),
    ),
    untold: once((builder) =>
      builder.createRequest(
        `${ASK_WORD} If you were told none, reply with the word unknown.`,
        choiceFormatOf(builder, { word: decoysOf(builder.nonce) }),
      ),
    ),
  },
})

/** Asked once in a run, when the first verdict rests on a word. */
export async function calibrateWords({ source }: RunContext): Promise<Repeating> {
  const { exchanges, nonce, stopped } = await source.gather(calibration, 0)
  const { told, toldAgain, untold } = exchanges
  if (told === undefined || toldAgain === undefined || untold === undefined) {
    return { kind: 'unknown', note: stopped?.doubt.note ?? 'the calibration was not asked' }
  }
  for (const [exchange, word] of [
    [told, nonce],
    [toldAgain, variantOf(nonce, 5)],
  ] as const) {
    const words = codeWordsOf(answerTextOf(exchange))
    if (words.length !== 1 || words[0] !== word) {
      return { kind: 'fails', note: 'the model does not repeat a word that the user says plainly' }
    }
  }
  return codeWordsOf(answerTextOf(untold)).length === 0
    ? { kind: 'repeats' }
    : { kind: 'fails', note: 'the model names a word that nobody told it' }
}

// ── the meter ────────────────────────────────────────────────────────────────

/** Common words of one token each for most tokenizers; what counts is that they are many. */
const FILLER =
  'the river runs past the old mill and the green field where the white horse stands in the ' +
  'morning light while the wind moves the tall grass and the small birds sing in the trees by ' +
  'the road to the town'

const WORDS = FILLER.split(' ')
const short = WORDS.slice(0, 4).join(' ')
const long = [...WORDS, ...WORDS.slice(0, 8)].join(' ')

const scale = defineScenario({
  id: 'calibration/meter',
  title: 'Whether the count of input tokens follows the length of what the user says',
  apiPaths: [],
  tier: 'core',
  steps: {
    short: once((builder) => builder.createRequest(`Say yes. ${short}`, SMALLEST_CAP)),
    long: once((builder) => builder.createRequest(`Say yes. ${long}`, SMALLEST_CAP)),
    longer: once((builder) => builder.createRequest(`Say yes. ${long} ${long}`, SMALLEST_CAP)),
    again: once((builder) => builder.createRequest(`Say yes. ${long}`, SMALLEST_CAP)),
  },
})

/** Tokens by which the long filler exceeds the short one; undefined where the count follows nothing. */
export async function calibrateMeter({ source }: RunContext): Promise<number | undefined> {
  const { exchanges } = await source.gather(scale, 0)
  const [low, high, higher, again] = [
    exchanges.short,
    exchanges.long,
    exchanges.longer,
    exchanges.again,
  ].map(inputTokens)
  if (low === undefined || high === undefined || higher === undefined) return undefined
  const rise = high - low
  const isSteady = again === high
  // The third holds the long filler twice: one more of it.
  const more = higher - high
  return rise >= WORDS.length / 2 && isSteady && more >= rise && more <= rise * 1.5
    ? rise
    : undefined
}

/** What the meter says of the place in which a scenario plants its words. */
export async function meterPlace(
  scenario: Scenario,
  { fill, read }: MeteredPlace,
  { source }: RunContext,
  rise: number,
): Promise<Metered> {
  const { exchanges } = await source.gather(lengthened(scenario, fill, read), 0)
  const [before, after] = [exchanges[`short ${read}`], exchanges[`long ${read}`]]
  const [low, high] = [before, after].map((one) => one && inputTokens(one))
  if (low === undefined || high === undefined) return 'unmetered'
  const places = placesIn(after!) + fillsBefore(fill, read, exchanges)
  const pictures = copiesIn(after!)
  if (places === 0 && pictures === 0) return 'unmetered'
  const share = (high - low) / (places * rise + pictures * PICTURE)
  if (places > 0) {
    const step = 1 / Math.max(1, places)
    return share >= 1 - step / 2 ? 'delivered' : share <= 1 - step * 0.75 ? 'dropped' : 'unmetered'
  }
  return share >= 1 ? 'delivered' : share <= 0.125 ? 'dropped' : 'unmetered'
}

/** The least that a picture or a file costs that is read at all. */
const PICTURE = 8
const COPIES = 2

function fillsBefore(
  fill: readonly string[],
  read: string,
  exchanges: Readonly<Record<string, Exchange | undefined>>,
): number {
  return fill
    .filter((name) => name !== read)
    .map((name) => exchanges[`long ${name}`])
    .reduce((sum, exchange) => sum + (exchange === undefined ? 0 : placesIn(exchange)), 0)
}

/** How often the long filler stands in what was sent. */
function placesIn({ request }: Exchange): number {
  const text =
    request.body !== undefined && 'json' in request.body ? JSON.stringify(request.body.json) : ''
  return text.split(long).length - 1
}

/** Pictures and files that were sent twice more than in the short request. */
function copiesIn({ request }: Exchange): number {
  if (request.body === undefined || !('json' in request.body)) return 0
  let copies = 0
  walk(request.body.json['input'] ?? null, (value) => {
    if (isObject(value) && isAttached(value)) copies++
    return value
  })
  return copies === 0 ? 0 : (copies / (COPIES + 1)) * COPIES
}

/** The scenario twice, once with a short and once with a long filler behind each of its words. */
function lengthened(scenario: Scenario, fill: readonly string[], read: string): Scenario {
  const steps: Record<string, Step> = {}
  for (const size of ['short', 'long'] as const) {
    for (const [name, step] of Object.entries<Step>(scenario.steps)) {
      // What asks for many things at once has another place for each.
      if (scenario.steps[read]?.spared !== undefined && name !== read) continue
      steps[`${size} ${name}`] = {
        expect: 'either',
        once: true,
        request: (builder) => {
          const request = step.request(scoped(builder, size))
          const filled = fill.includes(name) ? lengthen(request, size, name === read) : request
          return name === read ? capped(filled) : filled
        },
      }
      if (name === read) break
    }
  }
  return {
    id: `${scenario.id}~metered-${[...fill, read].join('-')}`,
    title: `${scenario.title}: its words with a short and with a long text behind them`,
    apiPaths: scenario.apiPaths,
    tier: scenario.tier,
    fresh: true,
    steps,
  }
}

function scoped(builder: RequestBuilder, size: string): RequestBuilder {
  return { ...builder, prior: (step) => builder.prior(`${size} ${step}`) }
}

function lengthen(request: WireRequest, size: 'short' | 'long', isRead: boolean): WireRequest {
  if (request.body === undefined || !('json' in request.body)) return request
  const { input, instructions, ...rest } = request.body.json
  const filler = size === 'short' ? short : long
  const json: JsonObject = {
    ...rest,
    ...(input === undefined ? {} : { input: fillWords(input, filler, size) }),
    // Instructions hold for one turn: only where their own turn is read do they count.
    ...(instructions === undefined
      ? {}
      : { instructions: isRead ? fillWords(instructions, filler, size) : instructions }),
  }
  return { ...request, body: { json } }
}

function fillWords(value: Json, filler: string, size: 'short' | 'long'): Json {
  return walk(value, (inner) => {
    if (typeof inner === 'string') {
      return codeWordsOf(inner).length > 0 && !inner.startsWith('data:')
        ? `${inner} ${filler}`
        : inner
    }
    if (!Array.isArray(inner) || size === 'short') return inner
    return (inner as readonly Json[]).flatMap((one) =>
      isObject(one) && isAttached(one) ? [one, ...Array<Json>(COPIES).fill(one)] : [one],
    )
  })
}

function isAttached(part: JsonObject): boolean {
  return part['type'] === 'input_image' || part['type'] === 'input_file'
}

/** Every value inside, innermost first. */
function walk(value: Json, change: (value: Json) => Json): Json {
  if (Array.isArray(value))
    return change((value as readonly Json[]).map((one) => walk(one, change)))
  if (!isObject(value)) return change(value)
  const entries = Object.entries(value).map(([key, inner]) => [key, walk(inner, change)] as const)
  return change(Object.fromEntries(entries))
}

function capped(request: WireRequest): WireRequest {
  if (request.operation !== 'create' || request.body === undefined || !('json' in request.body)) {
    return request
  }
  return { ...request, body: { json: { ...request.body.json, ...SMALLEST_CAP } } }
}

function inputTokens(exchange: Exchange | undefined): number | undefined {
  const count =
    exchange === undefined ? undefined : field(response(exchange), '/usage/input_tokens')
  return typeof count === 'number' && Number.isInteger(count) && count > 0 ? count : undefined
}
