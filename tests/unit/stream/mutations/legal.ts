// Changes that are no mistake.

import { without } from '../../../../src/authoring/define.ts'
import { isObject } from '../../../../src/base/json.ts'
import {
  SPEC,
  LEGAL_STREAM,
  R,
  edit,
  all,
  drop,
  set,
  insert,
  type StreamMutation,
} from '../edits.ts'
import { createStream, numberEvents } from '../legal.ts'

export const legalMutations: readonly StreamMutation[] = [
  ['as it is', LEGAL_STREAM, 'legal'],
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
