// Parts of items, and what their deltas add up to.

import { isObject } from '../../../../src/base/json.ts'
import {
  LEGAL_STREAM,
  R,
  edit,
  all,
  drop,
  dropAll,
  twice,
  set,
  move,
  insert,
  type StreamMutation,
} from '../edits.ts'
import { numberEvents } from '../legal.ts'

export const partsMutations: readonly StreamMutation[] = [
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
      LEGAL_STREAM.filter(
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
    ['part-starts', 'text-assembly'],
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
]
