// Changes to streams that mutants are made of.

import { mapEvents, without } from '../../src/authoring/define.ts'
import { field, isObject } from '../../src/authoring/read.ts'
import type { Json, JsonObject, Mutant, Reply, WireAction } from '../../src/types/index.ts'
import { mapItems } from '../common/mutants.ts'

/** Leaves out every event of these types. */
export function dropEvents(reply: Reply, ...types: readonly string[]): Reply {
  return mapEvents(reply, (event) => (types.includes(String(event['type'])) ? undefined : event))
}

/** Changes every event of a type. */
export function changeEvents(
  reply: Reply,
  type: string,
  change: (event: JsonObject) => JsonObject | readonly JsonObject[],
): Reply {
  return mapEvents(reply, (event) => (event['type'] === type ? change(event) : event))
}

/** Changes the item in every event of a type that carries one. */
export function changeItems(
  reply: Reply,
  type: 'response.output_item.added' | 'response.output_item.done',
  change: (item: JsonObject) => Json,
): Reply {
  return changeEvents(reply, type, (event) =>
    isObject(event['item']) ? { ...event, item: change(event['item']) } : event,
  )
}

/** Changes the response in every event of these types. */
export function changeResponses(
  reply: Reply,
  types: readonly string[],
  change: (response: JsonObject) => JsonObject,
): Reply {
  return mapEvents(reply, (event) =>
    types.includes(String(event['type'])) && isObject(event['response'])
      ? { ...event, response: change(event['response']) }
      : event,
  )
}

/** Replaces a text wherever it stands in the JSON of an event. */
export function rewordEvents(reply: Reply, from: string | RegExp, to: string): Reply {
  return mapEvents(
    reply,
    (event) => JSON.parse(JSON.stringify(event).replaceAll(from, to)) as JsonObject,
  )
}

/** Adds the sentinel of another API after each item. */
export function addSentinels(reply: Reply): Reply {
  if (!('events' in reply.body)) return reply
  const events = reply.body.events.flatMap((event) =>
    field(event, '/type') === 'response.output_item.done' ? [event, '[DONE]'] : [event],
  )
  return { ...reply, body: { events } }
}

/** Says something as text when a call is finished. */
export function leakMarkup(reply: Reply): Reply {
  return changeEvents(reply, 'response.function_call_arguments.done', (event) => [
    {
      type: 'response.output_text.delta',
      item_id: event['item_id'] ?? '',
      output_index: event['output_index'] ?? 0,
      content_index: 0,
      delta: '<tool_call>',
      logprobs: [],
    },
    event,
  ])
}

/** Says a raw thought under OpenAI's name, without opening a part for it. */
export function leakReasoning(reply: Reply): Reply {
  return renumberEvents(
    changeEvents(reply, 'response.reasoning_summary_part.added', (event) => [
      {
        type: 'response.reasoning_text.delta',
        item_id: event['item_id'] ?? '',
        output_index: event['output_index'] ?? 0,
        content_index: 0,
        delta: 'Hm.',
      },
      event,
    ]),
  )
}

/** Says nothing of a hosted tool while it runs. */
export function silenceTool(reply: Reply, tool: string): Reply {
  return renumberEvents(
    mapEvents(reply, (event) =>
      String(event['type']).startsWith(`response.${tool}.`) ? undefined : event,
    ),
  )
}

/** Ends a stream with this error event and `response.failed`. */
export function failStream(reply: Reply, error: JsonObject): Reply {
  return renumberEvents(
    changeEvents(reply, 'response.completed', (event) => {
      const response = isObject(event['response']) ? event['response'] : {}
      const { code, message } = { code: 'server_error', message: 'The upstream timed out.' }
      return [
        { type: 'error', ...error },
        {
          type: 'response.failed',
          response: { ...response, status: 'failed', error: { code, message } },
        },
      ]
    }),
  )
}

/** Moves every event of a type behind the next one. */
export function delayEvents(reply: Reply, type: string): Reply {
  return renumberEvents(deliverLate(reply, type))
}

/** Delivers every event of a type behind the next one, with the numbers that both have. */
export function deliverLate(reply: Reply, type: string): Reply {
  let waiting: JsonObject | undefined
  return mapEvents(reply, (event) => {
    if (event['type'] === type) {
      waiting = event
      return undefined
    }
    if (waiting === undefined) return event
    const both = [event, waiting]
    waiting = undefined
    return both
  })
}

/** Sends every event of a type twice. */
export function repeatEvents(reply: Reply, type: string): Reply {
  return renumberEvents(changeEvents(reply, type, (event) => [event, event]))
}

/** Counts the events again, as a provider does that numbers what it sends. */
export function renumberEvents(reply: Reply): Reply {
  let next: number | undefined
  return mapEvents(reply, (event) => {
    next ??= Number(event['sequence_number'] ?? 0)
    return { ...event, sequence_number: next++ }
  })
}

/** Leaves out a field of every event that has it. */
export function dropFields(reply: Reply, ...keys: readonly string[]): Reply {
  return mapEvents(reply, (event) => without(event, ...keys))
}

/** Changes the text of every frame, and what makes bytes of it. */
export function changeFrames(
  actions: readonly WireAction[],
  change: (frame: string, index: number) => string,
  encode: (frame: string) => Uint8Array = (frame) => new TextEncoder().encode(frame),
): readonly WireAction[] {
  let index = 0
  return actions.map((action) =>
    'bytes' in action
      ? { bytes: encode(change(new TextDecoder().decode(action.bytes), index++)) }
      : action,
  )
}

/** Leaves out items of the output wherever they are told, and counts the places anew. */
export function removeItems(reply: Reply, isMeant: (item: JsonObject) => boolean): Reply {
  const left = new Set<Json>()
  const told = mapEvents(reply, (event) => {
    const { item, output_index: place } = event
    if (place === undefined) return event
    if (isObject(item) && isMeant(item)) left.add(place)
    if (left.has(place)) return undefined
    const before = [...left].filter((one) => Number(one) < Number(place)).length
    return { ...event, output_index: Number(place) - before }
  })
  return mapItems(renumberEvents(told), undefined, (item) => (isMeant(item) ? undefined : item))
}

/** The same for streams alone, as the bytes of a mutant. */
export function replaceFrames(
  change: (frame: string, index: number) => string,
  encode?: (frame: string) => Uint8Array,
): NonNullable<Mutant['wire']> {
  return (actions, { body }) => ('events' in body ? changeFrames(actions, change, encode) : actions)
}
