// The published event types and how they belong together, as data.

/** What the deltas of a channel add up to, and where the finished text stands. */
export interface ChannelKind {
  /** Type of the item that it lives in. */
  readonly item: string
  /** Key of the finished text in the closing event. */
  readonly text: string
  /** Type of the part that it fills; absent for channels that belong to the item itself. */
  readonly part?: string
  /** Which index numbers the part. */
  readonly by?: 'content_index' | 'summary_index'
  readonly delta: string
  readonly done: string
}

function channel(
  stem: string,
  item: string,
  text: string,
  part?: string,
  by?: 'content_index' | 'summary_index',
): ChannelKind {
  return {
    item,
    text,
    ...(part === undefined ? {} : { part }),
    ...(by === undefined ? {} : { by }),
    delta: `response.${stem}.delta`,
    done: `response.${stem}.done`,
  }
}

export const CHANNELS: readonly ChannelKind[] = [
  channel('output_text', 'message', 'text', 'output_text', 'content_index'),
  channel('refusal', 'message', 'refusal', 'refusal', 'content_index'),
  channel('reasoning_text', 'reasoning', 'text', 'reasoning_text', 'content_index'),
  // The name in Open Responses.
  channel('reasoning', 'reasoning', 'text', 'reasoning_text', 'content_index'),
  channel('reasoning_summary_text', 'reasoning', 'text', 'summary_text', 'summary_index'),
  channel('function_call_arguments', 'function_call', 'arguments'),
  channel('custom_tool_call_input', 'custom_tool_call', 'input'),
  channel('mcp_call_arguments', 'mcp_call', 'arguments'),
  channel('code_interpreter_call_code', 'code_interpreter_call', 'code'),
]

/** Progress of hosted tools: item type → its events in order; the last group closes it. */
export const PHASES: ReadonlyMap<string, readonly (readonly string[])[]> = new Map([
  ['web_search_call', [['in_progress'], ['searching'], ['completed']]],
  ['file_search_call', [['in_progress'], ['searching'], ['completed']]],
  ['code_interpreter_call', [['in_progress'], ['interpreting'], ['completed']]],
  ['image_generation_call', [['in_progress'], ['generating'], ['partial_image'], ['completed']]],
  ['mcp_list_tools', [['in_progress'], ['completed', 'failed']]],
  ['mcp_call', [['in_progress'], ['completed', 'failed']]],
])

type EventRole =
  | { readonly role: 'lifecycle' }
  | { readonly role: 'error' }
  | { readonly role: 'item'; readonly phase: 'added' | 'done' }
  | {
      readonly role: 'part'
      readonly phase: 'added' | 'done' | 'annotation'
      readonly by: 'content_index' | 'summary_index'
    }
  | { readonly role: 'channel'; readonly phase: 'delta' | 'done'; readonly kind: ChannelKind }
  | { readonly role: 'phase'; readonly item: string; readonly rank: number }
  /** Published, and without a place in the judged order. */
  | { readonly role: 'aside' }

const LIFECYCLE: readonly string[] = [
  'response.created',
  'response.queued',
  'response.in_progress',
  'response.completed',
  'response.incomplete',
  'response.failed',
]

/** Every published event type, and `keepalive`, which OpenAI sends and its SDK knows. */
export const ROLES: ReadonlyMap<string, EventRole> = new Map<string, EventRole>([
  ...LIFECYCLE.map((type): [string, EventRole] => [type, { role: 'lifecycle' }]),
  ['error', { role: 'error' }],
  ['response.output_item.added', { role: 'item', phase: 'added' }],
  ['response.output_item.done', { role: 'item', phase: 'done' }],
  ['response.content_part.added', { role: 'part', phase: 'added', by: 'content_index' }],
  ['response.content_part.done', { role: 'part', phase: 'done', by: 'content_index' }],
  ['response.reasoning_summary_part.added', { role: 'part', phase: 'added', by: 'summary_index' }],
  ['response.reasoning_summary_part.done', { role: 'part', phase: 'done', by: 'summary_index' }],
  [
    'response.output_text.annotation.added',
    { role: 'part', phase: 'annotation', by: 'content_index' },
  ],
  ...CHANNELS.flatMap((kind): [string, EventRole][] => [
    [kind.delta, { role: 'channel', phase: 'delta', kind }],
    [kind.done, { role: 'channel', phase: 'done', kind }],
  ]),
  ...[...PHASES].flatMap(([item, groups]) =>
    groups.flatMap((names, rank) =>
      names.map((name): [string, EventRole] => [
        `response.${item}.${name}`,
        { role: 'phase', item, rank },
      ]),
    ),
  ),
  ...[
    'keepalive',
    'response.audio.delta',
    'response.audio.done',
    'response.audio.transcript.delta',
    'response.audio.transcript.done',
    'response.compaction.compacting',
    'response.shell_call_command.added',
    'response.shell_call_command.delta',
    'response.shell_call_command.done',
    'response.shell_call_output_content.delta',
    'response.shell_call_output_content.done',
  ].map((type): [string, EventRole] => [type, { role: 'aside' }]),
])
