import {
  defineCheck,
  defineFamily,
  mapEvents,
  notShown,
  verdictOf,
  without,
} from '../../../src/authoring/define.ts'
import { eventType, isObject, isStream } from '../../../src/authoring/read.ts'
import type {
  Check,
  EveryExchange,
  Exchange,
  Scenario,
  StreamEvent,
  StreamEventShape,
} from '../../../src/types/index.ts'
import { isUnasked } from '../stream-rule-check.ts'
import {
  callStreamScenario,
  codeStreamScenario,
  customCallStreamScenario,
  imageStreamScenario,
  incompleteStreamScenario,
  reasoningStreamScenario,
  refusalStreamScenario,
  searchStreamScenario,
  shellStreamScenario,
  textStreamScenario,
} from '../scenarios.ts'

/** What elicits an event, by the beginning of its type. The first that fits counts. */
const SHOWN_BY: readonly (readonly [string, Scenario])[] = [
  ['response.created', textStreamScenario],
  ['response.in_progress', textStreamScenario],
  ['response.completed', textStreamScenario],
  ['response.incomplete', incompleteStreamScenario],
  ['response.output_item', textStreamScenario],
  ['response.content_part', textStreamScenario],
  ['response.output_text.annotation', searchStreamScenario],
  ['response.output_text', textStreamScenario],
  ['response.refusal', refusalStreamScenario],
  ['response.function_call_arguments', callStreamScenario],
  ['response.custom_tool_call_input', customCallStreamScenario],
  ['response.reasoning_summary', reasoningStreamScenario],
  // Our own thoughts are told in this form only.
  ['response.reasoning.', reasoningStreamScenario],
  ['response.web_search_call', searchStreamScenario],
  ['response.code_interpreter_call', codeStreamScenario],
  ['response.image_generation_call', imageStreamScenario],
  ['response.shell_call_command', shellStreamScenario],
]

/**
 * Fields that have a check of their own: the numbers, names, items and responses that the stream rules
 * read, the shape of errors, and what the sources dispute.
 */
function isOwned(type: string, field: string): boolean {
  if (['', 'type', 'sequence_number', 'item', 'response'].includes(field)) return true
  if (field === 'logprobs' && type.startsWith('response.output_text.')) return true
  return isDisputed(type, field)
}

/** OpenAI documents it as required, and does not send it. */
function isDisputed(type: string, field: string): boolean {
  return field === 'name' && type === 'response.function_call_arguments.done'
}

function scenarioFor(type: string): Scenario | undefined {
  return SHOWN_BY.find(([stem]) => type.startsWith(stem))?.[1]
}

function ownFields({ type, required }: StreamEventShape): readonly string[] {
  return type === 'error' ? [] : required.filter((field) => !isOwned(type, field))
}

export default defineFamily({
  id: 'streaming/events',
  title: 'Each event has the fields of its type',
  covers: ['stream-required-fields-per-type', 'own-event-as-documented'],

  cases: (contract) => {
    if (contract.isTried) {
      return contract.events.length === 0 ? [anyCase()] : contract.events.flatMap(wholeCase)
    }
    return contract.events.flatMap((shape) => {
      const on = scenarioFor(shape.type)
      const [lost] = ownFields(shape)
      return on === undefined || lost === undefined ? [] : [caseFor(shape.type, lost, on)]
    })
  },
})

/** Of a document that describes events without naming one: all events have the same shape. */
const ANY = 'any'

function anyCase(): Check {
  return {
    ...caseFor(ANY, 'type', textStreamScenario, true),
    title: 'Each event has the shape that the documents give to all of them',
    covers: ['own-event-as-documented'],
    mutants: [
      {
        story: 'events whose type is a number',
        on: textStreamScenario,
        reply: (reply) => mapEvents(reply, (event) => ({ ...event, type: 7 })),
      },
    ],
  }
}

/** By a document that was tried an event is judged to its last field: no law reads it for that. */
function wholeCase({ type, required, schema }: StreamEventShape): readonly Check[] {
  const properties = isObject(schema['properties']) ? Object.keys(schema['properties']) : []
  const lost = [...required, ...properties].find((field) => field !== 'type')
  return lost === undefined
    ? []
    : [caseFor(type, lost, scenarioFor(type) ?? textStreamScenario, true)]
}

function caseFor(type: string, lost: string, on: Scenario, isWhole = false): Check {
  return defineCheck({
    id: `streaming/events/${type}`,
    title: `${type} has its required fields, with the right types`,
    kind: 'wire',
    scenario: 'every',
    covers: ['stream-required-fields-per-type', 'own-event-as-documented'],

    judge({ exchange }: EveryExchange, { contract }) {
      const told = type === ANY ? exchange : only(exchange, type)
      if (told === undefined || !isStream(told)) return notShown(`no ${type} in this reply`)
      const flaws = contract.flaws(told) ?? []
      return verdictOf(
        flaws
          .filter(({ at }) => {
            const [, , , field = '', ...inside] = at.split('/')
            // A finished part is compared with the final response, whose shape is judged there.
            const repeated = type.endsWith('_part.done') && field === 'part' && inside.length > 0
            if (isDisputed(type, field)) return false
            return isWhole || (!isOwned(type, field) && !repeated)
          })
          .map((finding) => ({ ...finding, step: 'exchange' })),
      )
    },

    mutants: [
      {
        story: `${lost} is left out of ${type}`,
        on,
        reply: (reply) =>
          mapEvents(reply, (event) => (event['type'] === type ? without(event, lost) : event)),
      },
    ],
  })
}

const sorted = new WeakMap<Exchange, ReadonlyMap<string, readonly StreamEvent[]>>()

/** The exchange with the events of one type alone; undefined when there is none. */
function only(exchange: Exchange, type: string): Exchange | undefined {
  const { body } = exchange
  if (!isStream(exchange) || body.kind !== 'events' || isUnasked(exchange)) return undefined
  let types = sorted.get(exchange)
  if (types === undefined) {
    const groups = new Map<string, StreamEvent[]>()
    for (const event of body.events) {
      const name = eventType(event) ?? ''
      const group = groups.get(name)
      if (group === undefined) groups.set(name, [event])
      else group.push(event)
    }
    types = groups
    sorted.set(exchange, types)
  }
  const events = types.get(type)
  return events === undefined ? undefined : { ...exchange, body: { ...body, events } }
}
