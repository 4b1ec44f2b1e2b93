// Documented parameters, and the values with which they are tried. What does not depend on the
// other goes into one request; a refusal then has to say whom it blames.

import { defineScenario } from '../../src/authoring/define.ts'
import { isObject } from '../../src/authoring/read.ts'
import { buildStrictFunction } from '../../src/authoring/strict-schema.ts'
import type { Contract, Json, JsonObject, Parameter, Scenario } from '../../src/types/index.ts'

export const READY = 'Reply with the single word: ready.'

export interface ParameterTrial {
  /** JSON pointer into the body. */
  readonly at: string
  /** As an error would write it: `text.verbosity`. */
  readonly name: string
  readonly value: Json
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

/** The requests that try the parameters of a contract. */
export function settingsOf(contract: Contract): readonly ParameterSetting[] {
  const plain = tried(contract, ({ at }) => PLAIN[at])
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
      plain.filter((trial) => status(trial) === 'conditional'),
    ),
    setting(
      contract,
      'lowest',
      tried(contract, (parameter) => extreme(parameter, 0)),
      'feature',
    ),
    setting(
      contract,
      'highest',
      tried(contract, (parameter) => extreme(parameter, 1)),
      'feature',
    ),
  ].filter(({ trials }) => trials.length > 0)
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
  const body = trials.reduce<JsonObject>((all, { at, value }) => put(all, at, value), {})
  const scenario = defineScenario<'ask'>({
    id: `parameters/${name}-${contract.id}`,
    title: TITLES[name] ?? name,
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
}

/** A copy with a value at a pointer of at most two keys. */
function put(body: JsonObject, at: string, value: Json): JsonObject {
  const [head = '', inner] = at.slice(1).split('/')
  if (inner === undefined) return { ...body, [head]: value }
  const object = body[head]
  return { ...body, [head]: { ...(isObject(object) ? object : {}), [inner]: value } }
}
