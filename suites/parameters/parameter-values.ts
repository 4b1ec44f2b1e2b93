// Documented parameters, and the values with which they are tried. What does not depend on the
// other goes into one request; a refusal then has to say whom it blames.

import { defineScenario } from '../../src/authoring/define.ts'
import { isObject, parse } from '../../src/authoring/read.ts'
import { buildStrictFunction } from '../../src/authoring/strict-schema.ts'
import type { Contract, Json, JsonObject, Parameter, Scenario } from '../../src/types/index.ts'

export const READY = 'Reply with the single word: ready.'

export interface ParameterTrial {
  /** JSON pointer into the body. */
  readonly at: string
  /** As an error would write it: `text.verbosity`. */
  readonly name: string
  readonly value: Json
  /** Another value than the plainest one; it may be the default. */
  readonly isOther?: true
}

export interface ParameterSetting {
  readonly scenario: Scenario<'ask'>
  readonly trials: readonly ParameterTrial[]
}

/** As many pairs as metadata may have, one key and one value of the greatest length. */
export const METADATA: JsonObject = {
  suite: 'responses-conformance',
  ['k'.repeat(64)]: 'a long key',
  long: 'v'.repeat(512),
  greeting: 'grüße, 你好, 👋🏽',
  ...Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`key_${index}`, `${index}`])),
}

const TOOL = buildStrictFunction('look_up', 'Looks something up.', { place: { type: 'string' } })

/** Values that hardly any model could mind, none of them the default where there is a choice. */
const PLAIN: Readonly<Record<string, Json>> = {
  '/instructions': 'Answer in English.',
  '/metadata': METADATA,
  '/safety_identifier': 's'.repeat(64),
  '/prompt_cache_key': 'responses-conformance',
  '/store': false,
  '/background': false,
  '/tools': [TOOL],
  '/tool_choice': 'none',
  '/parallel_tool_calls': false,
  '/truncation': 'auto',
  '/service_tier': 'auto',
  '/max_output_tokens': 4000,
  '/max_tool_calls': 2,
  '/include': [],
  '/stream': false,
}

/** What a model may not offer, with both ends for pages that name no range. */
const EXTREMES: Readonly<Record<string, readonly [number, number]>> = {
  '/temperature': [0.5, 0.5],
  '/top_p': [0.5, 0.5],
  '/frequency_penalty': [0.5, 0.5],
  '/presence_penalty': [0.5, 0.5],
  '/top_logprobs': [0, 3],
  '/n': [1, 1],
  '/text/verbosity': [0, 0],
}

/** What is looked into, where there is any; what a model has to be able to do is asked for where that is judged. */
const INCLUDED: Json = [
  'code_interpreter_call.outputs',
  'computer_call_output.output.image_url',
  'file_search_call.results',
  'message.input_image.image_url',
  'web_search_call.action.sources',
]

/**
 * Further values and bounds of a yardstick's own, by the request that takes them along. What one yardstick alone
 * knows goes with the lowest: the other two requests are the same for both, and sent once.
 */
const OTHERS: Readonly<Record<'plain' | 'lowest' | 'highest', Readonly<Record<string, Json>>>> = {
  plain: { '/text/verbosity': 'medium' },
  lowest: {
    '/include': INCLUDED,
    '/max_output_tokens': 16,
    '/max_tool_calls': 1,
    '/metadata': {},
    '/prompt_cache_retention': 'in_memory',
    '/service_tier': 'default',
    '/truncation': 'disabled',
  },
  highest: { '/prompt_cache_key': 'k'.repeat(64) },
}

/** The requests that try the parameters of a contract: at a plain value, and at both ends of a range. */
export function settingsOf(contract: Contract): readonly ParameterSetting[] {
  const plain = [...tried(contract, ({ at }) => PLAIN[at]), ...othersOf(contract, 'plain')]
  const status = (trial: ParameterTrial) => contract.claim([`request ${trial.at}`]).status
  return [
    setting(
      contract,
      'plain',
      plain.filter((trial) => status(trial) === 'documented'),
    ),
    setting(
      contract,
      'conditional',
      plain.filter((trial) => ['conditional', 'inherited'].includes(status(trial))),
    ),
    setting(
      contract,
      'lowest',
      [
        ...tried(contract, (parameter) =>
          extreme(isUnsigned(parameter, contract) ? { ...parameter, minimum: 1 } : parameter, 0),
        ),
        ...othersOf(contract, 'lowest'),
      ],
      'feature',
    ),
    setting(
      contract,
      'highest',
      [...tried(contract, (parameter) => extreme(parameter, 1)), ...othersOf(contract, 'highest')],
      'feature',
    ),
  ].filter(({ trials }) => trials.length > 0)
}

function othersOf(contract: Contract, name: keyof typeof OTHERS): readonly ParameterTrial[] {
  // Those of a provider's own are read from its documents.
  if (contract.kind !== 'yardstick' && contract.kind !== 'reference') return []
  return tried(contract, ({ at }) => OTHERS[name][at])
    .filter(({ at, value }) => fits(contract, at, value))
    .map((trial) => ({ ...trial, isOther: true }))
}

/** Whose values other suites try, or only their author can send. */
const ELSEWHERE =
  /^\/(model|input|stream|stream_options|previous_response_id|conversation|prompt|background|tools|include|context_management|text\/format)(\/|$)/

/**
 * The requests that try what is left of the documented values: each of a list, both ends of a length,
 * defaults, examples, null. One request takes one value of each parameter.
 */
export function valueSettingsOf(contract: Contract): readonly ParameterSetting[] {
  // The reference provider is ours, and its values are proven where it is.
  if (contract.kind === 'yardstick' || contract.kind === 'reference') return []
  const unions = contract.parameters.filter(
    ({ types }) => types.length > 1 && types.includes('object'),
  )
  const known = new Map<string, readonly Json[]>()
  for (const { trials } of settingsOf(contract)) {
    for (const { at, value } of trials) known.set(at, [...(known.get(at) ?? []), value])
  }
  const left = contract.parameters
    .filter(({ at }) => /^(\/[^/*]+){1,2}$/.test(at) && !ELSEWHERE.test(at))
    // What is inside one of several forms means nothing without the others of it.
    .filter(({ at }) => !unions.some((union) => at.startsWith(`${union.at}/`)))
    .map((parameter) => ({
      at: parameter.at,
      name: parameter.at.slice(1).replaceAll('/', '.'),
      status: contract.claim([`request ${parameter.at}`]).status,
      values: documentedValuesOf(parameter, contract).filter(
        (value) => !(known.get(parameter.at) ?? []).some((one) => isSame(one, value)),
      ),
    }))
    // An object is tried by what is inside it.
    .filter(({ at }, _, all) => !all.some((other) => other.at.startsWith(`${at}/`)))
  return (['documented', 'conditional'] as const).flatMap((status) => {
    // What a contract only takes over with a format is asked by that format's yardstick.
    if (status === 'conditional' && contract.followsOpenAI) return []
    const mine = left.filter((each) => each.status === status)
    const most = Math.max(0, ...mine.map(({ values }) => values.length))
    return Array.from({ length: most }, (_, index) =>
      setting(
        contract,
        `${status === 'documented' ? 'values' : 'conditional-values'}-${index + 1}`,
        mine.flatMap(({ at, name, values }) =>
          values[index] === undefined ? [] : [{ at, name, value: values[index] }],
        ),
      ),
    )
  })
}

function documentedValuesOf(parameter: Parameter, contract: Contract): readonly Json[] {
  const { at, types, enum: values, words, minimum, maximum, minLength, maxLength } = parameter
  const { default: standard, schema } = parameter
  const examples = Array.isArray(schema['examples']) ? (schema['examples'] as readonly Json[]) : []
  const isOpen = types.includes('object') && ['/text', '/reasoning'].includes(at)
  const found: readonly (Json | undefined)[] = [
    ...(values ?? words ?? []),
    isUnsigned(parameter, contract) ? undefined : minimum,
    maximum,
    minLength === undefined ? undefined : 'x'.repeat(minLength),
    maxLength === undefined ? undefined : 'x'.repeat(maxLength),
    standard === undefined ? undefined : readDefault(standard, types),
    ...examples,
    types.includes('null') ? null : undefined,
    isOpen ? {} : undefined,
  ]
  const allowed = found.filter(
    (value): value is Json =>
      value !== undefined && !/json_(object|schema)/.test(JSON.stringify(value)),
  )
  return allowed
    .filter((value, index) => allowed.findIndex((one) => isSame(one, value)) === index)
    .filter((value) => fits(contract, at, value))
}

/**
 * Of a published document: `minimum: 0` is how generators write a number without a sign. It says that
 * there is nothing below, and not that nothing is enough.
 */
function isUnsigned({ types, minimum, maximum }: Parameter, { isTried }: Contract): boolean {
  return isTried && types.includes('integer') && minimum === 0 && maximum === undefined
}

/** Some pages print every default as text: `"1"` for a number. */
export function readDefault(value: Json, types: readonly string[]): Json {
  if (typeof value !== 'string' || types.includes('string') || types.length === 0) return value
  return parse(value) ?? value
}

function isSame(one: Json, other: Json): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

/** What a table shows against its own rules is no value of it. */
function fits(contract: Contract, at: string, value: Json): boolean {
  const json = setParameter({}, at, value)
  const body = { json }
  const request = { operation: 'create', method: 'POST', path: '/responses', body } as const
  const top = `/${at.split('/')[1]}`
  return !contract.requestFlaws(request).some((flaw) => `${flaw.at}/`.startsWith(`${top}/`))
}

function tried(
  contract: Contract,
  value: (parameter: Parameter) => Json | undefined,
): readonly ParameterTrial[] {
  return contract.parameters.flatMap((parameter) => {
    const given = value(parameter)
    const name = parameter.at.slice(1).replaceAll('/', '.')
    return given === undefined ? [] : [{ at: parameter.at, name, value: given }]
  })
}

function extreme({ at, enum: values, minimum, maximum }: Parameter, end: 0 | 1): Json | undefined {
  // Deprecated, and unknown to Open Responses: beside the plain ones it would cost a request more.
  if (at === '/user' && end === 0) return 'responses-conformance'
  const range = EXTREMES[at]
  if (range === undefined) return undefined
  const words = values?.filter((value) => value !== null) ?? []
  if (words.length > 0) return words.at(-end)
  const bound = end === 0 ? minimum : maximum
  // Without a documented range one value will do.
  if (at.endsWith('_penalty') && bound === undefined && end === 1) return undefined
  return at === '/text/verbosity' ? undefined : (bound ?? range[end])
}

function setting(
  contract: Contract,
  name: string,
  trials: readonly ParameterTrial[],
  tier: Scenario['tier'] = 'core',
): ParameterSetting {
  const body = trials.reduce<JsonObject>(
    (all, { at, value }) => setParameter(all, at, value),
    // A choice needs something to choose from.
    trials.some(({ at }) => at === '/tool_choice') ? { tools: [TOOL] } : {},
  )
  const scenario = defineScenario<'ask'>({
    id: `parameters/${name}-${contract.id}`,
    title: TITLES[name.replace(/-\d+$/, '')] ?? name,
    apiPaths: trials.map(({ at }) => `request ${at}`),
    tier,
    isPacked: true,
    steps: { ask: { request: (builder) => builder.createRequest(READY, body), expect: 'either' } },
  })
  return { scenario, trials }
}

const TITLES: Readonly<Record<string, string>> = {
  plain: 'Documented parameters that every model can take, all at once',
  conditional: 'Parameters that are documented for some models or upstreams, all at once',
  lowest: 'Sampling parameters at the lower end of their documented range',
  highest: 'Sampling parameters at the upper end of their documented range',
  values: 'Documented values that are left, one of each parameter',
  'conditional-values':
    'Values that are documented for some models or upstreams, one of each parameter',
}

/** A copy with a value at a pointer of at most two keys. */
export function setParameter(body: JsonObject, at: string, value: Json): JsonObject {
  const [head = '', inner] = at.slice(1).split('/')
  if (inner === undefined) return { ...body, [head]: value }
  const object = body[head]
  return { ...body, [head]: { ...(isObject(object) ? object : {}), [inner]: value } }
}
