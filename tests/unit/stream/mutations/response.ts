// Numbers, and the beginning and the end of a response.

import { without } from '../../../../src/authoring/define.ts'
import type { JsonObject } from '../../../../src/types/index.ts'
import {
  LEGAL_STREAM,
  INCOMPLETE,
  OPEN_FAILED,
  FAILED,
  place,
  R,
  edit,
  all,
  drop,
  dropAll,
  twice,
  set,
  move,
  swap,
  insert,
  CREATED,
  type StreamMutation,
} from '../edits.ts'
import { numberEvents } from '../legal.ts'

export const responseMutations: readonly StreamMutation[] = [
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
    swap(place(LEGAL_STREAM, R('output_text.delta'))),
    'numbers-increase',
  ],
  [
    'two opening events delivered in the wrong order',
    swap(place(LEGAL_STREAM, R('content_part.added'), 1) - 1),
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
    LEGAL_STREAM.filter(({ type }) => type !== 'keepalive'),
    'numbers-contiguous',
  ],
  [
    'a counter that skips',
    LEGAL_STREAM.map((event, at) => (at < 20 ? event : { ...event, sequence_number: at + 7 })),
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
  ).map(([type, nth]): StreamMutation => [
    `a ${type} without a type`,
    edit(type, set('/type', undefined), nth),
    'numbered',
  ]),

  // the response's life
  ['no created', drop(CREATED), 'created-first'],
  ['no created, numbered afterwards', dropAll(CREATED), 'created-first'],
  ['created twice', twice(CREATED), 'created-first'],
  [
    'a keepalive before created',
    numberEvents([{ type: 'keepalive' }, ...LEGAL_STREAM]),
    'created-first',
  ],
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
]
