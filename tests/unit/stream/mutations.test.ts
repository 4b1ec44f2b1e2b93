import { expect, test } from 'vitest'
import { without } from '../../../src/authoring/define.ts'
import { isObject } from '../../../src/base/json.ts'
import { judgeStream } from '../../../src/stream/rules/judge-stream.ts'
import type { RuleId } from '../../../src/stream/rule-ids-and-violations.ts'
import type { Dialect, Json, JsonObject } from '../../../src/types/index.ts'
import { encodeEvents, numberEvents, receiveEvents, createStream } from './legal.ts'
import type { StreamSpec } from './legal.ts'

const SPEC: StreamSpec = {
  items: [
    {
      kind: 'reasoning',
      summaries: [
        ['First ', 'thought'],
        ['Second ', 'thought'],
      ],
      raw: [['raw ', 'thought']],
      encrypted: true,
    },
    {
      kind: 'message',
      parts: [
        { kind: 'text', deltas: ['😀 Hello', ' wide', ' world'], citations: 2 },
        { kind: 'refusal', deltas: ['I ', 'cannot'] },
      ],
    },
    { kind: 'call', deltas: ['{"a"', ':1}'], named: true },
    { kind: 'call', deltas: ['{"b"', ':2}'], named: true },
    { kind: 'custom', deltas: ['*** ', 'patch'] },
    { kind: 'search', searches: 1 },
    { kind: 'code', deltas: ['print', '()'] },
    { kind: 'image', partial: 2 },
  ],
  queued: true,
  end: 'completed',
  dialect: 'openai',
  turns: [],
  asides: [{ at: 3, keepalive: true }],
}
const LEGAL = createStream(SPEC)
const INCOMPLETE = createStream({ ...SPEC, items: SPEC.items.slice(0, 2), end: 'incomplete' })
const OPEN_FAILED = createStream({
  ...SPEC,
  items: SPEC.items.slice(1, 2),
  dialect: 'open-responses',
  end: 'error-failed',
})
const FAILED = createStream({ ...SPEC, items: SPEC.items.slice(0, 2), end: 'error-failed' })

type Events = readonly JsonObject[]
type Change = (event: JsonObject) => Json | readonly JsonObject[] | undefined

/** The nth event of a type, 0 unless given. */
const place = (events: Events, type: string, nth = 0): number => {
  const found = events.flatMap((event, at) => (event['type'] === type ? [at] : []))[nth]
  if (found === undefined) throw new Error(`no ${type} ${nth}`)
  return found
}
const R = (type: string): string => (type === 'error' ? type : `response.${type}`)
const edit = (type: string, change: Change, nth = 0, from: Events = LEGAL): Events => {
  const at = place(from, R(type), nth)
  const changed = change(from[at]!)
  const into = changed === undefined ? [] : Array.isArray(changed) ? changed : [changed]
  return [...from.slice(0, at), ...(into as Events), ...from.slice(at + 1)]
}
const all = (change: (event: JsonObject) => JsonObject, from: Events = LEGAL): Events =>
  from.map(change)
const drop = (type: string, nth = 0, from: Events = LEGAL): Events =>
  edit(type, () => undefined, nth, from)
const dropAll = (type: string): Events =>
  numberEvents(LEGAL.filter((event) => event['type'] !== R(type)))
const lacksOne = (response: Json | undefined, place: number): Json =>
  (response as { output: Json[] }).output.filter((_, at) => at !== place)
const twice = (type: string, nth = 0): Events =>
  numberEvents(edit(type, (event) => [event, event], nth))
const set =
  (pointer: string, value: Json | undefined): ((event: JsonObject) => JsonObject) =>
  (event) =>
    put(event, pointer.slice(1).split('/'), value) as JsonObject
const put = (target: Json, [key, ...rest]: readonly string[], value: Json | undefined): Json => {
  if (Array.isArray(target)) {
    return (target as Json[]).map((item, at) =>
      String(at) !== key ? item : rest.length === 0 ? (value ?? null) : put(item, rest, value),
    )
  }
  if (!isObject(target)) throw new Error(`no ${key}`)
  if (rest.length > 0) return { ...target, [key!]: put(target[key!]!, rest, value) }
  return value === undefined ? without(target, key!) : { ...target, [key!]: value }
}
/** Moves an event behind (or before) another one, and numbers the stream afterwards. */
const move = (
  type: string,
  nth: number,
  behind: string,
  other: number,
  shift = 1,
  from: Events = LEGAL,
): Events => {
  const at = place(from, R(type), nth)
  const rest = from.filter((_, index) => index !== at)
  const to = place(rest, R(behind), other) + shift
  return numberEvents([...rest.slice(0, to), from[at]!, ...rest.slice(to)])
}
const swap = (at: number): Events => {
  const events = [...LEGAL]
  ;[events[at], events[at + 1]] = [events[at + 1]!, events[at]!]
  return events
}
const insert = (event: JsonObject, behind: string, nth = 0): Events =>
  numberEvents(edit(behind, (was) => [was, event], nth))

const CREATED = 'created'

// One change each: what a provider does, and the one law that must say so; `legal` where none may.
const MUTATIONS: readonly (readonly [string, Events, RuleId | 'legal', Dialect?])[] = [
  // numbers
  ['no numbers', all((event) => without(event, 'sequence_number')), 'numbered'],
  [
    'one event without a number',
    edit('output_text.done', set('/sequence_number', undefined)),
    'numbered',
  ],
  ['the number 0 left out', edit(CREATED, set('/sequence_number', undefined)), 'numbered'],
  [
    'numbers as strings',
    all((event) => ({ ...event, sequence_number: String(event['sequence_number']) })),
    'numbered',
  ],
  ['always 0', all((event) => ({ ...event, sequence_number: 0 })), 'numbers-increase'],
  [
    'two deltas delivered in the wrong order',
    swap(place(LEGAL, R('output_text.delta'))),
    'numbers-increase',
  ],
  [
    'two opening events delivered in the wrong order',
    swap(place(LEGAL, R('content_part.added'), 1) - 1),
    'numbers-increase',
  ],
  [
    'a delta delivered twice',
    edit('output_text.delta', (event) => [event, event]),
    'numbers-increase',
  ],
  [
    'an added item delivered twice',
    edit('output_item.added', (event) => [event, event], 2),
    'numbers-increase',
  ],
  [
    'numbers from 1',
    all((event) => ({ ...event, sequence_number: Number(event['sequence_number']) + 1 })),
    'numbers-from-zero',
  ],
  [
    'a keepalive taken out after numbering',
    LEGAL.filter(({ type }) => type !== 'keepalive'),
    'numbers-contiguous',
  ],
  [
    'a counter that skips',
    LEGAL.map((event, at) => (at < 20 ? event : { ...event, sequence_number: at + 7 })),
    'numbers-contiguous',
  ],
  ['no type anywhere', all((event) => without(event, 'type')), 'numbered'],
  ...(
    [
      ['created', 0],
      ['in_progress', 0],
      ['output_item.added', 1],
      ['content_part.added', 1],
      ['output_text.delta', 0],
      ['output_text.done', 0],
      ['output_item.done', 1],
    ] as const
  ).map(([type, nth]): readonly [string, Events, RuleId] => [
    `a ${type} without a type`,
    edit(type, set('/type', undefined), nth),
    'numbered',
  ]),

  // the response's life
  ['no created', drop(CREATED), 'created-first'],
  ['no created, numbered afterwards', dropAll(CREATED), 'created-first'],
  ['created twice', twice(CREATED), 'created-first'],
  ['a keepalive before created', numberEvents([{ type: 'keepalive' }, ...LEGAL]), 'created-first'],
  ['in_progress before created', move(CREATED, 0, 'in_progress', 0), 'created-first'],
  ['no in_progress', drop('in_progress'), 'in-progress'],
  ['in_progress twice', twice('in_progress'), 'in-progress'],
  [
    'in_progress after the first item',
    move('in_progress', 0, 'output_item.added', 0),
    'in-progress',
  ],
  ['queued after in_progress', move('queued', 0, 'in_progress', 0), 'queued-order'],
  [
    'created is the response itself',
    edit(CREATED, (event) => ({
      ...(event['response'] as JsonObject),
      ...without(event, 'response'),
    })),
    'lifecycle-object',
  ],
  [
    'in_progress without output',
    edit('in_progress', set('/response/output', undefined)),
    'lifecycle-object',
  ],
  [
    'created already completed',
    edit(CREATED, set('/response/status', 'completed')),
    'initial-state',
  ],
  ['created with completed_at', edit(CREATED, set('/response/completed_at', 1)), 'initial-state'],
  [
    'another response id at the end',
    edit('completed', set('/response/id', 'resp_2')),
    'response-id',
  ],
  [
    'a response id of its own in in_progress',
    edit('in_progress', set('/response/id', 'resp_2')),
    'response-id',
  ],
  ['created_at changes', edit('completed', set('/response/created_at', 1)), 'echo-stable'],
  [
    'usage from the start',
    edit(CREATED, set('/response/usage', { input_tokens: 0 })),
    'usage-at-end',
  ],
  ['no usage at the end', edit('completed', set('/response/usage', null)), 'usage-at-end'],

  // its end
  ['no end', drop('completed'), 'single-terminal'],
  ['an end of another name', edit('completed', set('/type', 'response.done')), 'single-terminal'],
  ['two ends', twice('completed'), 'single-terminal'],
  [
    'completed says in_progress',
    edit('completed', set('/response/status', 'in_progress')),
    'terminal-status',
  ],
  [
    'incomplete without a reason',
    edit('incomplete', set('/response/incomplete_details', null), 0, INCOMPLETE),
    'incomplete-details',
  ],
  ['incomplete with an open text', drop('refusal.done', 0, INCOMPLETE), 'incomplete-closes'],
  [
    'incomplete with an open item',
    numberEvents(drop('output_item.done', 1, INCOMPLETE)),
    'incomplete-closes',
  ],
  [
    'failed without an error',
    edit('failed', set('/response/error', null), 0, FAILED),
    'failed-error',
  ],
  [
    'an error without a message',
    edit('error', set('/error/message', undefined), 0, FAILED),
    'error-shape',
  ],
  [
    'a flat error',
    edit(
      'error',
      () => ({ type: 'error', message: 'no', code: 'x', sequence_number: FAILED.length - 2 }),
      0,
      FAILED,
    ),
    'legal',
  ],
  [
    'a flat error',
    edit(
      'error',
      () => ({ type: 'error', message: 'no', code: 'x', sequence_number: OPEN_FAILED.length - 2 }),
      0,
      OPEN_FAILED,
    ),
    'error-nested',
    'open-responses',
  ],
  ['an error and then nothing', drop('failed', 0, FAILED), 'error-then-failed'],
  ['a text delta after the end', insert({ type: 'keepalive' }, 'completed'), 'nothing-after'],

  // items
  ['no item added', drop('output_item.added', 1), 'item-added'],
  ['no call added', drop('output_item.added', 2), 'item-added'],
  [
    'an item added after its first part',
    move('output_item.added', 1, 'content_part.added', 1),
    'item-added',
  ],
  ['no item is ever added', dropAll('output_item.added'), 'item-added'],
  ['no item done', drop('output_item.done', 1), 'item-done'],
  ['an item done twice', twice('output_item.done', 2), 'item-done'],
  [
    'a delta after its item',
    move('function_call_arguments.done', 0, 'output_item.done', 2),
    'item-done',
  ],
  ['null for an item', edit('output_item.added', set('/item', null), 5), 'item-object'],
  [
    'a message completed from the start',
    edit('output_item.added', set('/item/status', 'completed'), 1),
    'item-starts',
  ],
  [
    'a done message still in progress',
    edit('output_item.done', set('/item/status', 'in_progress'), 1),
    'item-ends',
  ],
  [
    'a message without content',
    edit('output_item.added', set('/item/content', undefined), 1),
    'message-added',
  ],
  [
    'a call without its name',
    edit('output_item.added', set('/item/name', undefined), 2),
    'function-added',
  ],
  [
    'a call with all its arguments',
    edit('output_item.added', set('/item/arguments', '{"a":1}'), 2),
    'function-added',
  ],
  [
    'reasoning at the very end',
    createStream({ ...SPEC, items: [...SPEC.items.slice(1), SPEC.items[0]!] }),
    'reasoning-first',
  ],
  [
    'an output_index skipped',
    all((event) =>
      Number(event['output_index']) > 3
        ? { ...event, output_index: Number(event['output_index']) + 1 }
        : event,
    ),
    'output-index',
  ],
  [
    'output_index from 1',
    all((event) =>
      'output_index' in event
        ? { ...event, output_index: Number(event['output_index']) + 1 }
        : event,
    ),
    'output-index',
  ],
  [
    'always output_index 0',
    all((event) => ('output_index' in event ? { ...event, output_index: 0 } : event)),
    'output-index',
  ],
  [
    'one delta with another output_index',
    edit('output_text.delta', set('/output_index', 0)),
    'output-index',
  ],
  [
    'one delta with an unknown output_index',
    edit('output_text.delta', set('/output_index', 40)),
    'output-index',
  ],
  [
    'the final output in another order',
    edit('completed', (event) =>
      put(
        event,
        ['response', 'output'],
        (event['response'] as { output: Json[] }).output.toReversed(),
      ),
    ),
    'output-index',
  ],
  ['an item added twice', twice('output_item.added', 2), 'output-index'],
  [
    'call_id for item_id in the deltas',
    all((event) =>
      String(event['type']).includes('arguments')
        ? { ...event, item_id: `id_${String(event['output_index'])}` }
        : event,
    ),
    'item-id',
  ],
  [
    'one delta with an unknown item_id',
    edit('output_text.delta', set('/item_id', 'chatcmpl-1')),
    'item-id',
  ],
  [
    'a delta with the id of another item',
    edit('function_call_arguments.delta', set('/item_id', 'message_1')),
    'item-id',
  ],
  ['another id when done', edit('output_item.done', set('/item/id', 'msg_x'), 1), 'item-id'],
  [
    'another id in the final output',
    edit('completed', set('/response/output/1/id', 'msg_x')),
    'item-id',
  ],
  [
    'new ids from done on',
    edit(
      'completed',
      set('/response/output/1/id', 'msg_x'),
      0,
      edit('output_item.done', set('/item/id', 'msg_x'), 1),
    ),
    'item-id',
  ],
  [
    'another call_id when done',
    edit('output_item.done', set('/item/call_id', 'call_x'), 2),
    'item-type',
  ],
  [
    'another name in the final output',
    edit('completed', set('/response/output/2/name', 'x')),
    'item-type',
  ],
  [
    'an item that got lost with all its numbers',
    edit(
      'completed',
      (event) => put(event, ['response', 'output'], lacksOne(event['response'], 1)),
      0,
      LEGAL.filter((event) => event['output_index'] !== 1),
    ),
    'output-index',
  ],
  ['an empty final output', edit('completed', set('/response/output', [])), 'terminal-output'],
  [
    'a final output that lost an item',
    edit('completed', (event) =>
      put(event, ['response', 'output'], lacksOne(event['response'], 0)),
    ),
    'terminal-output',
  ],
  [
    'an annotation lost at the end',
    edit('completed', set('/response/output/1/content/0/annotations', [])),
    'terminal-output',
  ],

  // parts
  ['no part added', drop('content_part.added', 1), 'part-added'],
  ['no part added for a refusal', drop('content_part.added', 2), 'part-added'],
  [
    'a part added after its first delta',
    move('content_part.added', 2, 'refusal.delta', 0),
    'part-added',
  ],
  [
    'parts that are neither added nor done',
    numberEvents(
      LEGAL.filter(
        ({ type, item_id: id }) =>
          !String(type).startsWith(R('content_part.')) || !String(id).startsWith('message'),
      ),
    ),
    'part-added',
  ],
  ['no text done', drop('output_text.done'), 'part-closed'],
  ['no text done, numbered afterwards', dropAll('output_text.done'), 'part-closed'],
  ['no part done', drop('content_part.done', 1), 'part-closed'],
  ['text done twice', twice('output_text.done'), 'part-order'],
  ['a delta after text done', move('output_text.delta', 2, 'output_text.done', 0), 'part-order'],
  [
    'part done before text done',
    move('content_part.done', 1, 'output_text.done', 0, 0),
    'part-order',
  ],
  ['a refusal in a part of text', edit('refusal.delta', set('/content_index', 0)), 'content-index'],
  [
    'a part added with its text',
    edit('content_part.added', set('/part/text', 'Hello'), 1),
    'part-starts',
  ],
  [
    'text in a reasoning item',
    all((event) =>
      event['output_index'] === 0 &&
      isObject(event['part']) &&
      event['part']['type'] === 'reasoning_text'
        ? { ...event, part: { ...event['part'], type: 'output_text' } }
        : event['type'] === R('reasoning_text.delta')
          ? { ...event, type: R('output_text.delta') }
          : event['type'] === R('reasoning_text.done')
            ? { ...event, type: R('output_text.done') }
            : event,
    ),
    'part-host',
  ],
  [
    'content_index from 1',
    all((event) =>
      'content_index' in event && event['output_index'] === 1
        ? { ...event, content_index: Number(event['content_index']) + 1 }
        : event,
    ),
    'content-index',
  ],
  [
    'one delta with another content_index',
    edit('output_text.delta', set('/content_index', 1)),
    'content-index',
  ],
  [
    'one delta with an unknown content_index',
    edit('output_text.delta', set('/content_index', 9), 1),
    'content-index',
  ],
  [
    'an annotation_index skipped',
    edit('output_text.annotation.added', set('/annotation_index', 2), 1),
    'annotations',
  ],
  [
    'another annotation in the end',
    edit('output_text.annotation.added', set('/annotation/url', 'x'), 1),
    'annotations',
  ],
  ['no refusal done', drop('refusal.done'), 'refusal'],
  ['a lost delta of a refusal', drop('refusal.delta'), 'refusal'],
  ['no summary part added', drop('reasoning_summary_part.added', 1), 'summary'],
  ['no summary text done', drop('reasoning_summary_text.done'), 'summary'],
  ['no summary part done', drop('reasoning_summary_part.done'), 'summary'],
  [
    'summary_index always 0',
    all((event) => ('summary_index' in event ? { ...event, summary_index: 0 } : event)),
    'summary',
  ],
  ['a lost delta of a summary', drop('reasoning_summary_text.delta'), 'summary-assembly'],
  ['no part for raw reasoning', drop('content_part.added', 0), 'reasoning-text'],
  ['a lost delta of raw reasoning', drop('reasoning_text.delta'), 'reasoning-text'],
  [
    'raw reasoning under the open name',
    all((event) =>
      String(event['type']).startsWith(R('reasoning_text'))
        ? { ...event, type: String(event['type']).replace('_text', '') }
        : event,
    ),
    'reasoning-name-openai',
  ],

  // assembly
  ['a lost delta', drop('output_text.delta'), 'text-assembly'],
  [
    'a lost delta, numbered afterwards',
    numberEvents(drop('output_text.delta', 1)),
    'text-assembly',
  ],
  ['no text deltas at all', dropAll('output_text.delta'), 'text-assembly'],
  ['a delta that differs', edit('output_text.delta', set('/delta', 'hello')), 'text-assembly'],
  ['text done says something else', edit('output_text.done', set('/text', '')), 'text-assembly'],
  ['part done is empty', edit('content_part.done', set('/part/text', ''), 1), 'text-assembly'],
  [
    'item done is empty',
    edit('output_item.done', set('/item/content/0/text', ''), 1),
    'text-assembly',
  ],
  ['item done has no content', edit('output_item.done', set('/item/content', []), 1), 'item-done'],
  [
    'the final item has no content',
    edit('completed', set('/response/output/1/content', [])),
    'terminal-output',
  ],
  [
    'the final text is empty',
    edit('completed', set('/response/output/1/content/0/text', '')),
    'text-assembly',
  ],
  ['a lost delta of arguments', drop('function_call_arguments.delta', 1), 'arguments-assembly'],
  [
    'arguments of another call',
    edit('function_call_arguments.done', set('/arguments', '{"b":2}')),
    'arguments-assembly',
  ],
  [
    'final arguments are empty',
    edit('completed', set('/response/output/2/arguments', '')),
    'arguments-assembly',
  ],
  ['no deltas of arguments', dropAll('function_call_arguments.delta'), 'arguments-delta'],
  ['no arguments done', drop('function_call_arguments.done'), 'arguments-done'],
  ['arguments done twice', twice('function_call_arguments.done'), 'arguments-done'],
  [
    'arguments done before a delta',
    move('function_call_arguments.delta', 1, 'function_call_arguments.done', 0),
    'arguments-done',
  ],
  [
    'another name with the arguments',
    edit('function_call_arguments.done', set('/name', 'x')),
    'arguments-name',
  ],
  [
    'a part in a call',
    insert(
      {
        type: R('content_part.added'),
        item_id: 'call_2',
        output_index: 2,
        content_index: 0,
        part: { type: 'output_text', text: '', annotations: [] },
      },
      'output_item.added',
      2,
    ),
    'function-parts',
  ],
  ['a lost delta of custom input', drop('custom_tool_call_input.delta'), 'custom-input'],
  ['no custom input done', drop('custom_tool_call_input.done'), 'custom-input'],
  [
    'searching after completed',
    move('web_search_call.searching', 0, 'web_search_call.completed', 0),
    'hosted-phases',
  ],
  ['no completed for a search', drop('web_search_call.completed'), 'hosted-phases'],
  [
    'partial images from 1',
    all((event) =>
      'partial_image_index' in event
        ? { ...event, partial_image_index: Number(event['partial_image_index']) + 1 }
        : event,
    ),
    'partial-images',
  ],
  ['a lost delta of code', drop('code_interpreter_call_code.delta'), 'hosted-phases'],
  [
    'half a character in a delta',
    numberEvents(
      edit('output_text.delta', (event) => [
        { ...event, delta: '\uD83D' },
        { ...event, delta: '\uDE00 Hello' },
      ]),
    ),
    'characters',
  ],

  // legal
  ['as it is', LEGAL, 'legal'],
  ['interleaved', createStream({ ...SPEC, turns: [1, 0, 2, 5, 3, 1, 4] }), 'legal'],
  [
    'items done in reverse order',
    createStream({ ...SPEC, items: SPEC.items.slice(2, 4), turns: [1, 1, 1, 1, 1, 1, 0] }),
    'legal',
  ],
  [
    'an empty delta',
    insert(
      {
        type: R('output_text.delta'),
        item_id: 'message_1',
        output_index: 1,
        content_index: 0,
        delta: '',
      },
      'output_text.delta',
    ),
    'legal',
  ],
  [
    'an event of the vendor',
    insert({ type: 'acme:trace', sequence_number: 0 }, 'output_text.delta'),
    'legal',
  ],
  [
    'an event of the vendor without a number',
    edit('output_text.delta', (event) => [event, { type: 'ping' }]),
    'legal',
  ],
  [
    'an event of the vendor with a counter of its own',
    edit('output_text.delta', (event) => [event, { type: 'ping', sequence_number: 0 }]),
    'legal',
  ],
  ['no obfuscation', all((event) => without(event, 'obfuscation')), 'legal'],
  [
    'obfuscation',
    all((event) => ('delta' in event ? { ...event, obfuscation: 'xx' } : event)),
    'legal',
  ],
  [
    'another model than was asked for',
    all((event) =>
      isObject(event['response'])
        ? { ...event, response: { ...event['response'], model: 'alias' } }
        : event,
    ),
    'legal',
  ],
  [
    'another service tier in the end',
    all((event) =>
      isObject(event['response'])
        ? set(
            '/response/service_tier',
            event['type'] === R('completed') ? 'default' : 'auto',
          )(event)
        : event,
    ),
    'legal',
  ],
  [
    'no name with the arguments',
    all((event) =>
      event['type'] === R('function_call_arguments.done') ? without(event, 'name') : event,
    ),
    'legal',
  ],
  [
    'other encrypted content in the end',
    edit('completed', set('/response/output/0/encrypted_content', 'c')),
    'legal',
  ],
  ['no searching', numberEvents(drop('web_search_call.searching')), 'legal'],
]

test.each(MUTATIONS.map((row) => ({ story: row[0], row })))('$story', ({ row }) => {
  const [, events, law, dialect] = row
  const findings = judgeStream(receiveEvents(encodeEvents(events)), dialect ?? 'openai')
  expect(findings.map((finding) => finding.rule)).toEqual(law === 'legal' ? [] : [law])
  for (const finding of findings) {
    expect(finding.at).toMatch(/^\/events/)
    expect(finding.expected).not.toBe(finding.actual)
    expect(finding.place).toMatch(/event \d+, after \d+ ms, at byte \d+/)
  }
})

test('an event without a type hides nothing but itself', () => {
  const at = place(LEGAL, R('completed'))
  const heartbeat = { sequence_number: 1 }
  const events = numberEvents([LEGAL[0]!, heartbeat, ...LEGAL.slice(1, at)])
  const findings = judgeStream(receiveEvents(encodeEvents(events)))
  expect(findings.map(({ rule, actual }) => [rule, actual])).toEqual([
    ['numbered', 'absent'],
    ['single-terminal', expect.stringContaining('the stream ended after')],
  ])
})

test('an end without a type is no end', () => {
  const events = edit('completed', set('/type', undefined))
  const findings = judgeStream(receiveEvents(encodeEvents(events)))
  expect(findings.map(({ rule, actual }) => [rule, actual])).toEqual([
    ['numbered', 'absent'],
    ['single-terminal', 'the stream ended after an event without a type'],
  ])
})
