// Simulates tools that the provider runs itself: their output items, and the answer from their results.
// Tools whose calls the client carries out end the turn.

import type { JsonObject } from '../../src/types/index.ts'
import { newCallId, newId } from '../ids.ts'
import { isRecord } from '../json.ts'
import type { VisibleContext } from './visible-context.ts'
import type { Callable, Draft, DraftPart, RequestOptions } from './draft-types.ts'
import { fillSchema } from './value-for-schema.ts'
import { drawSquare } from './generated-image.ts'
import { findLatestCodeWord } from './find-values-in-text.ts'

interface HostedRun {
  readonly before: readonly Draft[]
  /** What the tools' results make of the answer. */
  readonly answer?: DraftPart
  /** The turn ends here, for the client to act. */
  readonly waits: boolean
}

type Drafted = JsonObject & { readonly type: string }

export function runHosted(
  calls: readonly Callable[],
  seen: VisibleContext,
  options: RequestOptions,
): HostedRun {
  const servers = options.tools.filter(
    ({ name, tool }) => tool['type'] === 'mcp' && !seen.servers.includes(name),
  )
  const lists = servers.map((server) => hosted(listTools(server.name)))
  const runs = calls.map((one) => run(one, seen, options))
  const answer = runs.find((one) => one.answer !== undefined)?.answer
  return {
    before: [...lists, ...runs.flatMap(({ before }) => before)],
    ...(answer === undefined ? {} : { answer }),
    waits: runs.some(({ waits }) => waits),
  }
}

function run(one: Callable, seen: VisibleContext, options: RequestOptions): HostedRun {
  const type = String(one.tool['type'])
  const about = subject(seen)
  if (type.startsWith('web_search')) return searchWeb(about, options)
  if (type === 'file_search') return searchFiles(about, one.tool, options)
  if (type === 'code_interpreter') return runCode(one.tool, options)
  if (type === 'image_generation') return drawImage(about, one.tool)
  if (type === 'mcp') return askServer(one, seen)
  const call = clientCall(type, about, one, seen)
  return call === undefined ? { before: [], waits: false } : { before: [hosted(call)], waits: true }
}

const hosted = (item: Drafted): Draft => ({ type: 'hosted', item })

function subject(seen: VisibleContext): string {
  const asked = /\bsearch (?:the web|the files|my files) for ([^\n]{1,200}?)\.?\s*$/im.exec(
    seen.question.slice(0, 2000),
  )
  return asked?.[1] ?? (seen.question.slice(0, 200).trim() || 'the request')
}

function searchWeb(about: string, options: RequestOptions): HostedRun {
  const url = 'https://example.com/reference'
  const sources = options.includes('web_search_call.action.sources')
    ? { sources: [{ type: 'url', url }] }
    : {}
  const action = { type: 'search', queries: [about], query: about, ...sources }
  const link = '([example.com](https://example.com/reference))'
  const text = `The web has a page about ${about}. ${link}`
  const annotation = {
    type: 'url_citation',
    end_index: text.length,
    start_index: text.length - link.length,
    title: 'An example page',
    url,
  }
  return {
    before: [hosted({ type: 'web_search_call', status: 'completed', action })],
    answer: { text, annotations: [annotation] },
    waits: false,
  }
}

function searchFiles(about: string, tool: JsonObject, options: RequestOptions): HostedRun {
  const file = { file_id: 'file-reference0000000000', filename: 'reference.txt' }
  const store = Array.isArray(tool['vector_store_ids'])
    ? (tool['vector_store_ids'][0] ?? null)
    : null
  const found = {
    attributes: {},
    ...file,
    score: 0.95,
    text: `A note about ${about}.`,
    vector_store_id: store,
  }
  const results = options.includes('file_search_call.results') ? [found] : null
  const text = `A note about ${about} is in ${file.filename}.`
  return {
    before: [hosted({ type: 'file_search_call', status: 'completed', queries: [about], results })],
    answer: { text, annotations: [{ type: 'file_citation', ...file, index: text.length - 1 }] },
    waits: false,
  }
}

function runCode(tool: JsonObject, options: RequestOptions): HostedRun {
  const given = tool['container']
  const outputs = options.includes('code_interpreter_call.outputs')
    ? [{ type: 'logs', logs: '4\n' }]
    : null
  const item = {
    type: 'code_interpreter_call',
    status: 'completed',
    code: 'print(2 + 2)',
    container_id: typeof given === 'string' ? given : newId('cntr'),
    outputs,
  }
  return { before: [hosted(item)], answer: { text: 'The code printed 4.' }, waits: false }
}

function drawImage(about: string, tool: JsonObject): HostedRun {
  const option = (name: string, otherwise: string): string => {
    const given = tool[name]
    return typeof given === 'string' && given !== 'auto' ? given : otherwise
  }
  const item = {
    type: 'image_generation_call',
    status: 'completed',
    background: option('background', 'opaque'),
    // Whatever was asked for, this server draws PNG.
    output_format: 'png',
    quality: option('quality', 'low'),
    result: drawSquare(),
    revised_prompt: about,
    size: option('size', '1024x1024'),
  }
  return { before: [hosted(item)], answer: { text: 'Here is the image.' }, waits: false }
}

function listTools(server: string): Drafted {
  const input_schema = {
    type: 'object',
    properties: { topic: { type: 'string' } },
    required: ['topic'],
    additionalProperties: false,
  }
  return {
    type: 'mcp_list_tools',
    server_label: server,
    tools: [
      {
        annotations: { read_only: true },
        description: 'Says what the server knows about a topic.',
        input_schema,
        name: 'look_up',
      },
    ],
  }
}

function askServer({ name: server, tool }: Callable, seen: VisibleContext): HostedRun {
  const topic = { topic: findLatestCodeWord(seen.text) ?? 'anything' }
  const call = { server_label: server, name: 'look_up', arguments: JSON.stringify(topic) }
  if (seen.approval === undefined && tool['require_approval'] !== 'never') {
    return { before: [hosted({ type: 'mcp_approval_request', ...call })], waits: true }
  }
  if (seen.approval?.granted === false) {
    return { before: [], answer: { text: 'The call was not approved.' }, waits: false }
  }
  const output = `${server} knows ${topic.topic}.`
  const item = {
    type: 'mcp_call',
    status: 'completed',
    approval_request_id: seen.approval?.id ?? null,
    ...call,
    error: null,
    output,
  }
  return { before: [hosted(item)], answer: { text: output }, waits: false }
}

/** The call of a tool that runs at the client. */
function clientCall(
  type: string,
  about: string,
  one: Callable,
  seen: VisibleContext,
): Drafted | undefined {
  const call = { status: 'completed', call_id: newCallId() }
  const environment = one.tool['environment'] ?? { type: 'local' }
  switch (type) {
    case 'local_shell':
      return {
        type: 'local_shell_call',
        ...call,
        action: { type: 'exec', command: ['ls'], env: {} },
      }
    case 'shell':
      return {
        type: 'shell_call',
        ...call,
        action: { commands: ['ls'], max_output_length: null, timeout_ms: null },
        environment,
      }
    case 'apply_patch':
      return {
        type: 'apply_patch_call',
        ...call,
        operation: { type: 'create_file', path: 'reference.txt', diff: '+reference\n' },
      }
    case 'computer':
    case 'computer_use_preview':
      return {
        type: 'computer_call',
        ...call,
        action: { type: 'screenshot' },
        pending_safety_checks: [],
      }
    case 'tool_search': {
      const schema = one.tool['parameters']
      const filled = isRecord(schema)
        ? fillSchema(schema as JsonObject, { text: seen.text })
        : undefined
      return {
        type: 'tool_search_call',
        ...call,
        arguments: isRecord(filled) ? (filled as JsonObject) : { query: about },
        execution: String(one.tool['execution'] ?? 'client'),
      }
    }
    default:
      return undefined
  }
}
