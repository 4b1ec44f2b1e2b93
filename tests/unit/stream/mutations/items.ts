// Items that are announced, finished and named wrongly.

import type { Json } from '../../../../src/types/index.ts'
import {
  SPEC,
  LEGAL_STREAM,
  edit,
  all,
  drop,
  dropAll,
  lacksOne,
  twice,
  set,
  put,
  move,
  type StreamMutation,
} from '../edits.ts'
import { createStream } from '../legal.ts'

export const itemsMutations: readonly StreamMutation[] = [
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
      LEGAL_STREAM.filter((event) => event['output_index'] !== 1),
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
]
