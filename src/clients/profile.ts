// Reads the profiles of clients, what they send and need: `specs/clients/<client>-<version>.yaml`, one file each.

import { ContractError, type FileProblem } from '../base/errors.ts'
import { field, isObject, show, token, spell } from '../base/json.ts'
import { readSpec, listSpecFiles } from '../base/read-specs.ts'
import type { CheckId, ClientImpact, Json, JsonObject } from '../types/index.ts'

/** How a client asks: for one JSON object, or for a stream. */
export type Mode = 'json' | 'stream'
export const MODES: readonly Mode[] = ['json', 'stream']

/**
 * Strings may hold placeholders: `<prompt>`, `<nonce>`, `<word>`, `<uuid>`, `<id>`, `<hex32>`, and
 * `<text of N characters>`, which becomes a text of this length.
 */
export interface ClientProfile {
  /** The file's name without the version: `codex`. */
  readonly id: string
  readonly name: string
  /** Of the npm registry. */
  readonly package: string
  readonly version: string
  /** The day on which its requests were captured, YYYY-MM-DD. */
  readonly captured: string
  /** What it does with commands that the model asks for, when it is run. */
  readonly runs?: string
  /** Bytes of its first request with tools, where texts of the capture were cut. */
  readonly bytes?: number
  /** `POST /responses` */
  readonly endpoints: readonly string[]
  readonly headers: Readonly<Record<string, string>>
  readonly input: {
    /** What stands before the user's message: system and developer messages, settings. */
    readonly opening?: readonly JsonObject[]
    readonly user: JsonObject
    /** A first question without history is sent as a bare string. */
    readonly text?: { readonly string: true }
  }
  /** Fields of every body. */
  readonly body: JsonObject
  /** Further fields where there are tools. */
  readonly toolBody?: JsonObject
  readonly tools: readonly JsonObject[]
  /** It never asks without tools. */
  readonly toolsAlways?: boolean
  /** The call that is provoked in order to see both turns of the tool loop. */
  readonly call: {
    readonly tool: string
    readonly argument: string
    readonly values: readonly string[]
    /** The client's wrapping around a tool's output; `<word>` is the output. */
    readonly result?: string
  }
  readonly modes: Readonly<Partial<Record<Mode, ClientMode>>>
  /** In which form items of the answer come back, by type. */
  readonly echo: Readonly<Record<string, Echo>>
  /** The results of its tools go back alone, by `previous_response_id`. */
  readonly chains?: boolean
  /** Further fields of a `function_call_output`. */
  readonly output: JsonObject
  /** Fields that ask for a structured answer. */
  readonly object?: JsonObject
  /** Single fields of its requests that a provider may refuse: names of probes. */
  readonly probes: readonly string[]
  /** What it does without when a need is not met that it can do without. */
  readonly losses?: Readonly<Record<string, string>>
  /** Models, by a part of the name, for which it sends something else; the first that fits counts. */
  readonly knows?: readonly KnownModel[]
  /** Lines of its configuration that leave out tools of a type. */
  readonly settings?: readonly { readonly line: string; readonly drops: string }[]
}

export interface KnownModel {
  readonly model: string
  /** Fields of its bodies in place of others. */
  readonly body?: JsonObject
  /** Types of tools that are left out, and tools that are sent besides. */
  readonly drops?: readonly string[]
  readonly adds?: readonly JsonObject[]
  /** Forms that it then always sends: names of probes. */
  readonly probes?: readonly string[]
}

export interface ClientMode {
  readonly body: JsonObject
  readonly headers?: Readonly<Record<string, string>>
  /** What it is used for in this mode: flows of its driver. */
  readonly flows: readonly string[]
  /** What this client cannot do without in this mode, and what becomes of it without. */
  readonly needs: Readonly<Record<string, ClientImpact['effect']>>
  /** Where it reads the items of a stream, unless it looks everywhere. */
  readonly reads?: readonly ItemPlace[]
  /** Where the text of a message is taken from, where the places disagree: any of those it reads unless told. */
  readonly text?: ItemPlace
  /** The types of the fields that it reads: from its source, where that can be read. */
  readonly types?: FieldTypes
}

/** Where an item stands in a stream: announced, finished, or in the whole answer at the end. */
export type ItemPlace = 'added' | 'done' | 'output'
const PLACES: readonly Json[] = ['added', 'done', 'output']

export interface FieldTypes {
  /** JSON Schemas of the data of events, by type. */
  readonly events?: Readonly<Record<string, Json>>
  /** A JSON Schema of the answer that is not streamed. */
  readonly response?: Json
  /** A value that it does not take, measured: at a pointer into an event of a type, or the answer. */
  readonly example: { readonly event?: string; readonly at: string; readonly value: Json }
}

interface Echo {
  /** The fields that come back, or all of them. */
  readonly keep?: readonly string[] | 'all'
  readonly add?: JsonObject
  /** Only the id comes back, as an `item_reference`. */
  readonly reference?: true
  /** Only the role and the text of a message come back, the text as a bare string. */
  readonly text?: true
}

let profiles: readonly ClientProfile[] | undefined

/** Every profile, sorted by client. Throws a `ContractError` that lists every mistake. */
export function loadProfiles(): readonly ClientProfile[] {
  profiles ??= collectProfiles(
    listSpecFiles('clients').map((file) => ({ file, content: readSpec(file) as Json })),
  )
  return profiles
}

/** Whether a check is about what this client sends or needs. */
export function isDecisiveFor(client: string, check: CheckId): boolean {
  const [feature, about, probe] = check.split('/')
  if (feature !== 'clients') return false
  return (
    about === client ||
    (about === 'probes' && clientProfileOf(client)?.probes.includes(probe!) === true)
  )
}

export function clientProfileOf(client: string): ClientProfile | undefined {
  return loadProfiles().find(({ id }) => id === client)
}

export function collectProfiles(
  files: readonly { readonly file: string; readonly content: Json }[],
): readonly ClientProfile[] {
  const problems: FileProblem[] = []
  const found = files.flatMap(({ file, content }) => {
    const wrong = (pointer: string, what: string, write: string): void => {
      problems.push({ file: `specs/${file}`, pointer, wrong: what, write })
    }
    if (!isObject(content)) {
      wrong('', show(content), 'write an object with name, package, version, …')
      return []
    }
    inspect(content, file, wrong)
    const version = spell(content['version'])
    const id = file.replace(/^.*\//, '').replace(`-${version}.yaml`, '')
    return [{ probes: [], ...content, id } as unknown as ClientProfile]
  })
  if (problems.length > 0) throw new ContractError(problems)
  return found.toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

const EFFECTS: readonly Json[] = ['degraded', 'wrong', 'throws', 'hangs', 'loops']

type Form = 'text' | 'object' | 'list' | 'number' | 'boolean'

const FIELDS: Readonly<Record<string, readonly [Form, 'required' | 'optional']>> = {
  name: ['text', 'required'],
  package: ['text', 'required'],
  version: ['text', 'required'],
  captured: ['text', 'required'],
  runs: ['text', 'optional'],
  bytes: ['number', 'optional'],
  endpoints: ['list', 'required'],
  headers: ['object', 'required'],
  input: ['object', 'required'],
  body: ['object', 'required'],
  toolBody: ['object', 'optional'],
  tools: ['list', 'required'],
  toolsAlways: ['boolean', 'optional'],
  call: ['object', 'required'],
  modes: ['object', 'required'],
  echo: ['object', 'required'],
  chains: ['boolean', 'optional'],
  output: ['object', 'required'],
  object: ['object', 'optional'],
  probes: ['list', 'optional'],
  losses: ['object', 'optional'],
  knows: ['list', 'optional'],
  settings: ['list', 'optional'],
}

function inspect(
  content: JsonObject,
  file: string,
  wrong: (pointer: string, what: string, write: string) => void,
): void {
  for (const [key, [form, presence]] of Object.entries(FIELDS)) {
    const value = content[key]
    if (value === undefined) {
      if (presence === 'required') wrong(`/${key}`, 'absent', `write ${WRITE[form]}`)
    } else if (!FORMS[form](value)) wrong(`/${key}`, show(value), `write ${WRITE[form]}`)
  }
  for (const key of Object.keys(content)) {
    if (FIELDS[key] !== undefined) continue
    wrong(`/${token(key)}`, 'an unknown key', `use ${Object.keys(FIELDS).join(', ')}`)
  }
  if (typeof content['version'] === 'string' && !file.endsWith(`-${content['version']}.yaml`)) {
    wrong('/version', content['version'], 'name the file <client>-<version>.yaml')
  }
  const modes = isObject(content['modes']) ? content['modes'] : {}
  for (const [mode, value] of Object.entries(modes)) {
    const at = `/modes/${token(mode)}`
    if (!(MODES as readonly string[]).includes(mode))
      wrong(at, 'an unknown mode', 'use json, stream')
    if (!isObject(value)) wrong(at, show(value), 'write an object with body, flows and needs')
    else if (!isObject(value['needs'])) {
      wrong(`${at}/needs`, show(value['needs']), 'write each need with its effect')
    } else {
      for (const [need, effect] of Object.entries(value['needs'])) {
        if (EFFECTS.includes(effect)) continue
        wrong(`${at}/needs/${token(need)}`, show(effect), `write one of ${EFFECTS.join(', ')}`)
      }
      const { types, needs, reads = [], text = 'output', flows } = value
      if (!Array.isArray(flows)) wrong(`${at}/flows`, show(flows), 'write a list of flows')
      if (!PLACES.includes(text))
        wrong(`${at}/text`, show(text), `write one of ${PLACES.join(', ')}`)
      if (!Array.isArray(reads) || !reads.every((place: Json) => PLACES.includes(place))) {
        wrong(`${at}/reads`, show(reads), `write a list of ${PLACES.join(', ')}`)
      }
      if (types !== undefined && typeof field(types, '/example/at') !== 'string') {
        wrong(`${at}/types/example`, show(field(types, '/example')), 'write event, at and value')
      }
      if ((types === undefined) !== (needs['types'] === undefined)) {
        wrong(`${at}/needs/types`, show(needs['types']), 'write types in both or in neither')
      }
    }
  }
}

const FORMS: Readonly<Record<Form, (value: Json) => boolean>> = {
  text: (value) => typeof value === 'string' && value !== '',
  object: isObject,
  list: Array.isArray,
  number: (value) => typeof value === 'number',
  boolean: (value) => typeof value === 'boolean',
}
const WRITE: Readonly<Record<Form, string>> = {
  text: 'a text',
  object: 'an object',
  list: 'a list',
  number: 'a number',
  boolean: 'true or false',
}
