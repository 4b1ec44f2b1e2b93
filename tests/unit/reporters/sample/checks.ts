// The checks of the sample, and the requirements that they rest on.

import type { CheckRecord, Requirement, Verdict } from '../../../../src/types/index.ts'

export const OPENAI_PAGE = {
  title: 'OpenAI API reference, Responses',
  url: 'https://platform.openai.com/docs/api-reference/responses',
}
const OPEN_PAGE = {
  title: 'Open Responses specification',
  url: 'https://www.openresponses.org/specification',
}

/** Check id, title, kind, level, clients that it breaks. */
export type CheckLine = readonly [
  id: string,
  title: string,
  kind: CheckRecord['kind'],
  level: Verdict['level'],
  breaks?: CheckRecord['breaks'],
]

export const CHECKS: readonly CheckLine[] = [
  ['basic/completes', 'A plain question is answered with status completed', 'wire', 'must'],
  [
    'basic/matches-schema',
    'The response has every documented field with its type',
    'wire',
    'must',
    [
      { client: 'ai-sdk 7', effect: 'throws' },
      { client: 'langchain 1', effect: 'degraded' },
    ],
  ],
  ['basic/created-at-is-seconds', 'created_at is a time in seconds', 'wire', 'should'],
  [
    'basic/nothing-undocumented',
    'No field appears that the documents do not know',
    'wire',
    'should',
  ],
  [
    'message-style/developer',
    'A developer message is accepted',
    'wire',
    'must',
    [{ client: 'codex 0.169', effect: 'throws' }],
  ],
  ['message-style/history', 'What was said in an earlier message is heard', 'behavioural', 'must'],
  ['image/sees-the-image', 'The code word drawn in the image comes back', 'behavioural', 'must'],
  ['image/every-detail', 'Each documented value of detail is accepted', 'wire', 'should'],
  ['file/reads-the-file', 'The code word in the PDF comes back', 'behavioural', 'must'],
  ['stateful/remembers', 'previous_response_id brings the earlier turn back', 'forced', 'must'],
  ['stateful/deleted-is-gone', 'A deleted response is not found any more', 'wire', 'must'],
  [
    'structured-output/fits',
    'The text fits the schema that was asked for',
    'forced',
    'must',
    [{ client: 'openai-node 7', effect: 'throws' }],
  ],
  ['structured-output/echoes', 'text.format comes back as it was sent', 'wire', 'should'],
  ['tool/calls', 'A forced function is called with arguments that fit', 'forced', 'must'],
  [
    'tool/call-id',
    'Every call has a call_id of its own',
    'wire',
    'must',
    [
      { client: 'opencode 1.18', effect: 'loops' },
      { client: 'openai-node 7', effect: 'throws' },
    ],
  ],
  ['tool/parallel', 'Two calls come in one answer when two are asked for', 'behavioural', 'should'],
  [
    'streaming/deltas-add-up',
    'The deltas add up to the text of the final event',
    'wire',
    'must',
    [{ client: 'openai-node 7', effect: 'wrong' }],
  ],
  [
    'streaming/terminal-event',
    'A stream ends with one terminal event',
    'wire',
    'must',
    [
      { client: 'opencode 1.18', effect: 'loops' },
      { client: 'codex 0.169', effect: 'throws' },
    ],
  ],
  ['streaming/sequence-rises', 'sequence_number rises by one', 'wire', 'must'],
  ['streaming/done-marker', 'The stream closes with [DONE]', 'wire', 'should'],
  [
    'parameters/accepted/temperature',
    'temperature is accepted in its documented range',
    'wire',
    'must',
  ],
  ['parameters/accepted/top_p', 'top_p is accepted in its documented range', 'wire', 'must'],
  ['parameters/effective/max_output_tokens', 'max_output_tokens limits the answer', 'wire', 'must'],
  [
    'errors/envelope',
    'A refusal carries error.message, type, param and code',
    'wire',
    'must',
    [{ client: 'openai-node 7', effect: 'degraded' }],
  ],
]

export const CONTESTED = 'OpenAI requires no [DONE]; its own 29 recorded streams never send it.'

export function levelsOf(level: Verdict['level'], id: string): Requirement['level'] {
  return id === 'streaming/done-marker'
    ? { 'open-responses': 'should' }
    : { own: level, openai: level, 'open-responses': level }
}

export function requirementOf([id, title, , level]: CheckLine): Requirement {
  return {
    id: requirementId(id),
    area: id.split('/')[0]!,
    tier: 'core',
    level: levelsOf(level, id),
    statement: `${title}.`,
    preconditions: [],
    sources: id.startsWith('streaming') ? [OPENAI_PAGE, OPEN_PAGE] : [OPENAI_PAGE],
    ...(id === 'streaming/done-marker' ? { contested: CONTESTED } : {}),
  }
}

export function requirementId(check: string): string {
  return check.replaceAll('/', '.').toUpperCase()
}

export function scenarioOf(check: string): string {
  return `${check.split('/')[0]!}/${check.startsWith('streaming') ? 'text' : 'plain'}`
}
