// The events of tools that the provider runs itself, and how their items look when they begin.

import type { Json, JsonObject } from '../../src/types/index.ts'
import type { StoredItem } from '../store.ts'
import type { Delta } from './delta-type.ts'

type Event = JsonObject & { readonly type: string }

export interface EventPlace {
  readonly item_id: string
  readonly output_index: number
}

interface HostedToolEvents {
  readonly added: JsonObject
  readonly body: readonly Event[]
}

type Write = (text: string) => readonly Delta[]

export function hostedToolEventsOf(
  item: StoredItem,
  place: EventPlace,
  write: Write,
): HostedToolEvents {
  const begun = { ...item, status: 'in_progress' }
  const states = (...names: readonly string[]): readonly Event[] =>
    names.map((name) => ({ type: `response.${item.type}.${name}`, ...place }))
  switch (item.type) {
    case 'web_search_call':
      return { added: begun, body: states('in_progress', 'searching', 'completed') }
    case 'file_search_call':
      return {
        added: { ...begun, queries: [], results: null },
        body: states('in_progress', 'searching', 'completed'),
      }
    case 'code_interpreter_call':
      return {
        added: { ...begun, code: '', outputs: null },
        body: [
          ...states('in_progress'),
          ...written('response.code_interpreter_call_code', 'code', item, place, write),
          ...states('interpreting', 'completed'),
        ],
      }
    case 'image_generation_call':
      return {
        added: { ...begun, result: null },
        body: [
          ...states('in_progress', 'generating'),
          partial(item, place),
          ...states('completed'),
        ],
      }
    case 'mcp_list_tools':
      return { added: { ...item, tools: [] }, body: states('in_progress', 'completed') }
    case 'mcp_call':
      return {
        added: { ...begun, arguments: '', output: null },
        body: [
          ...states('in_progress'),
          ...written('response.mcp_call_arguments', 'arguments', item, place, write),
          ...states('completed'),
        ],
      }
    case 'shell_call':
      return shellPhases(begun, item, place, write)
    case 'mcp_approval_request':
    case 'compaction':
      return { added: item, body: [] }
    default:
      return { added: begun, body: [] }
  }
}

function written(
  prefix: string,
  key: string,
  item: StoredItem,
  place: EventPlace,
  write: Write,
): readonly Event[] {
  const text = String(item[key])
  return [
    ...write(text).map((delta) => ({ type: `${prefix}.delta`, ...place, ...delta })),
    { type: `${prefix}.done`, ...place, [key]: text },
  ]
}

function partial(item: StoredItem, place: EventPlace): Event {
  const shape = (key: string): Json => item[key] ?? null
  return {
    type: 'response.image_generation_call.partial_image',
    ...place,
    background: shape('background'),
    output_format: shape('output_format'),
    partial_image_b64: shape('result'),
    partial_image_index: 0,
    quality: shape('quality'),
    size: shape('size'),
  }
}

/** These events name the command, not the item. */
function shellPhases(
  begun: JsonObject,
  item: StoredItem,
  place: EventPlace,
  write: Write,
): HostedToolEvents {
  const action = item['action'] as JsonObject
  const commands = action['commands'] as readonly string[]
  const { output_index } = place
  return {
    added: { ...begun, action: { ...action, commands: [] } },
    body: commands.flatMap((command, command_index): readonly Event[] => {
      const at = { command_index, output_index }
      const prefix = 'response.shell_call_command'
      return [
        { type: `${prefix}.added`, command: '', ...at },
        ...write(command).map((delta) => ({ type: `${prefix}.delta`, ...at, ...delta })),
        { type: `${prefix}.done`, command, ...at },
      ]
    }),
  }
}
