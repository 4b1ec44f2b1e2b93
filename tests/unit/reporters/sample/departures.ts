// Where the targets of the sample do not pass.

import type { Finding, Outcome, Reason, Verdict, Yardstick } from '../../../../src/types/index.ts'

/** What happens when, otherwise everything passes: target, check, yardsticks, outcome. */
interface Departure {
  readonly target: string
  readonly check: string
  readonly only?: readonly Yardstick[]
  readonly outcome: Outcome
  readonly reason?: Reason
  readonly note?: string
  readonly findings?: readonly Omit<Finding, 'step'>[]
  readonly cause?: string
  readonly expected?: Verdict['expected']
  readonly attempts?: Verdict['attempts']
}

const NO_ANNOTATIONS: Omit<Finding, 'step'> = {
  at: '/output/0/content/0/annotations',
  expected: 'annotations: an array, required in output_text',
  actual: 'absent; the part has the keys type, text',
  message: 'The text part has no annotations.',
}

export const DEPARTURES: readonly Departure[] = [
  {
    target: 'harbor',
    check: 'basic/matches-schema',
    outcome: 'fail',
    cause: 'harbor-1',
    findings: [NO_ANNOTATIONS],
  },
  {
    target: 'harbor',
    check: 'structured-output/fits',
    outcome: 'fail',
    cause: 'harbor-1',
    findings: [NO_ANNOTATIONS],
  },
  {
    target: 'harbor',
    check: 'streaming/deltas-add-up',
    outcome: 'fail',
    findings: [
      {
        at: '/events/7/response/output/0/content/0/text',
        expected: '"One, two, three, four, five." (the joined deltas)',
        actual: '"One, two, three, four, five.\\n" (the final event)',
        message: 'The deltas of a text part do not add up to the text that is reported at the end.',
        near: ['6 response.output_item.done', '▶ 7 response.completed'],
      },
    ],
    cause: 'harbor-2',
    attempts: { made: 3, passed: 0 },
  },
  {
    target: 'harbor',
    check: 'streaming/sequence-rises',
    outcome: 'fail',
    findings: [
      {
        at: '/events/3/sequence_number',
        expected: '3, one more than the event before',
        actual: '2',
        near: ['2 response.output_item.added', '▶ 3 response.content_part.added'],
      },
    ],
    expected: { reason: 'reported to the provider', expires: '2027-01-31' },
  },
  {
    target: 'harbor',
    check: 'errors/envelope',
    outcome: 'fail',
    only: ['openai', 'open-responses'],
    findings: [
      {
        at: '/error',
        expected: 'an object with message, type, param and code',
        actual: '"model not found"',
      },
    ],
  },
  {
    target: 'harbor',
    check: 'basic/created-at-is-seconds',
    only: ['own'],
    outcome: 'warn',
    reason: 'documents-wrong',
    findings: [
      {
        at: '/created',
        expected: 'created, as the page says',
        actual: 'created_at, as OpenAI says',
      },
    ],
  },
  {
    target: 'harbor',
    check: 'parameters/effective/max_output_tokens',
    outcome: 'warn',
    reason: 'ignored',
    findings: [{ at: '/usage/output_tokens', expected: 'at most 16', actual: '212' }],
  },
  {
    target: 'harbor',
    check: 'stateful/remembers',
    only: ['own'],
    outcome: 'not-applicable',
    reason: 'not-claimed',
    note: 'Conditional on the upstream model.',
  },
  {
    target: 'harbor',
    check: 'file/reads-the-file',
    outcome: 'not-applicable',
    reason: 'refused',
    note: 'Refused with 400: input_file is not supported.',
  },
  {
    target: 'harbor',
    check: 'image/sees-the-image',
    outcome: 'inconclusive',
    reason: 'model-declined',
    note: 'The model answered “unknown” three times.',
  },
  {
    target: 'acme',
    check: 'streaming/terminal-event',
    outcome: 'fail',
    cause: 'acme-1',
    findings: [
      {
        at: 'framing',
        expected: 'response.completed, response.incomplete or response.failed',
        actual: 'the connection ended after response.output_item.done',
        near: ['▶ 6 response.output_item.done'],
      },
    ],
  },
  {
    target: 'acme',
    check: 'tool/call-id',
    outcome: 'fail',
    cause: 'acme-2',
    findings: [
      {
        at: '/output/1/call_id',
        expected: 'a call_id that no other call has',
        actual: '"call_1", as in /output/0/call_id',
      },
    ],
  },
  {
    target: 'acme',
    check: 'tool/parallel',
    outcome: 'inconclusive',
    reason: 'prerequisite',
    note: 'tool/call-id says what is wrong.',
  },
  {
    target: 'acme',
    check: 'streaming/deltas-add-up',
    outcome: 'warn',
    reason: 'flaky',
    attempts: { made: 3, passed: 2 },
    findings: [{ at: '/events/5/delta', expected: '"five"', actual: '"fiv"' }],
  },
  {
    target: 'acme',
    check: 'stateful/remembers',
    outcome: 'inconclusive',
    reason: 'rate-limited',
    note: '429 after 5 tries.',
  },
  {
    target: 'acme',
    check: 'stateful/deleted-is-gone',
    outcome: 'inconclusive',
    reason: 'unreachable',
    note: '502 after 3 tries.',
  },
  {
    target: 'acme',
    check: 'file/reads-the-file',
    outcome: 'inconclusive',
    reason: 'timeout',
    note: 'No end within 120 s.',
  },
  {
    target: 'acme',
    check: 'image/sees-the-image',
    outcome: 'not-applicable',
    reason: 'untestable',
    note: 'No vision model was configured.',
  },
  {
    target: 'acme',
    check: 'image/every-detail',
    outcome: 'not-applicable',
    reason: 'untestable',
    note: 'No vision model was configured.',
  },
  {
    target: 'recorded',
    check: 'errors/envelope',
    outcome: 'inconclusive',
    reason: 'credentials',
    note: '401 with the configured key.',
  },
  {
    target: 'recorded',
    check: 'parameters/accepted/top_p',
    outcome: 'inconclusive',
    reason: 'budget',
    note: 'The cap of 60 requests was reached.',
  },
  {
    target: 'recorded',
    check: 'parameters/accepted/temperature',
    outcome: 'inconclusive',
    reason: 'interrupted',
    note: 'The run was stopped.',
  },
  {
    target: 'recorded',
    check: 'structured-output/echoes',
    outcome: 'not-applicable',
    reason: 'not-shown',
    note: 'The recording has no such request.',
  },
  {
    target: 'emulation',
    check: 'basic/matches-schema',
    outcome: 'fail',
    findings: [NO_ANNOTATIONS],
  },
]
