// A realistic result, made from a short table: every origin, outcome and reason occurs.

import type {
  CheckRecord,
  DocumentRow,
  EvidenceRecord,
  Exchange,
  Finding,
  Json,
  Outcome,
  Readiness,
  Reason,
  Requirement,
  RunResult,
  TargetRecord,
  Verdict,
  Yardstick,
} from '../../../src/types/index.ts'

const OPENAI_PAGE = {
  title: 'OpenAI API reference, Responses',
  url: 'https://platform.openai.com/docs/api-reference/responses',
}
const OPEN_PAGE = {
  title: 'Open Responses specification',
  url: 'https://www.openresponses.org/specification',
}

/** Check id, title, kind, level, clients that it breaks. */
type CheckLine = readonly [
  id: string,
  title: string,
  kind: CheckRecord['kind'],
  level: Verdict['level'],
  breaks?: CheckRecord['breaks'],
]

const CHECKS: readonly CheckLine[] = [
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

const CONTESTED = 'OpenAI requires no [DONE]; its own 29 recorded streams never send it.'

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

const DEPARTURES: readonly Departure[] = [
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

const TARGETS: readonly TargetRecord[] = [
  target('reference', 'Reference', 'live', ['own', 'openai', 'open-responses'], 'reference'),
  target('harbor', 'Harbor', 'live', ['own', 'openai', 'open-responses'], 'harbor'),
  target('acme', 'Acme gateway', 'live', ['openai', 'open-responses']),
  target('recorded', 'Lumen (recorded)', 'recorded', ['own', 'openai'], 'lumen'),
  target('emulation', 'Delta (emulated)', 'emulated', ['own'], 'delta'),
]

function target(
  id: string,
  name: string,
  origin: TargetRecord['origin'],
  yardsticks: readonly Yardstick[],
  contract?: string,
): TargetRecord {
  const fast = id === 'reference'
  return {
    id,
    name,
    ...(contract === undefined ? {} : { contract, edition: '2026-11-20' }),
    endpoint: `https://${id}.example/v1`,
    models: { text: `${id}-large` },
    credential: {
      header: 'Authorization',
      prefix: 'Bearer ',
      keyEnv: `${id.toUpperCase()}_API_KEY`,
    },
    echoedModels: [`${id}-large-1106`],
    origin,
    yardsticks,
    gate: contract === undefined ? ['openai'] : ['own'],
    usage: {
      requests: 61,
      retries: fast ? 0 : 4,
      inputTokens: 4210,
      outputTokens: 1893,
      waitedMs: fast ? 0 : 2100,
      wallMs: fast ? 812 : 64_200,
    },
    ...(origin === 'live'
      ? {
          latency: {
            firstEventMs: { median: fast ? 3 : 412, max: fast ? 9 : 1903, n: 14 },
            totalMs: { median: fast ? 6 : 1290, max: fast ? 31 : 8810, n: 57 },
          },
        }
      : {}),
  }
}

function levelsOf(level: Verdict['level'], id: string): Requirement['level'] {
  return id === 'streaming/done-marker'
    ? { 'open-responses': 'should' }
    : { own: level, openai: level, 'open-responses': level }
}

function requirementOf([id, title, , level]: CheckLine): Requirement {
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

function requirementId(check: string): string {
  return check.replaceAll('/', '.').toUpperCase()
}

function scenarioOf(check: string): string {
  return `${check.split('/')[0]!}/${check.startsWith('streaming') ? 'text' : 'plain'}`
}

function verdicts(): readonly Verdict[] {
  return TARGETS.flatMap((record) =>
    CHECKS.flatMap((line) =>
      record.yardsticks
        .filter((yardstick) => levelsOf(line[3], line[0])[yardstick] !== undefined)
        .map((yardstick) => verdict(record, line, yardstick)),
    ),
  )
}

function verdict(record: TargetRecord, [id, , , level]: CheckLine, yardstick: Yardstick): Verdict {
  const departure = DEPARTURES.find(
    (each) =>
      each.target === record.id && each.check === id && (each.only?.includes(yardstick) ?? true),
  )
  const contested = id === 'streaming/done-marker'
  const outcome = departure?.outcome ?? (contested ? 'warn' : 'pass')
  const reason = departure?.reason ?? (contested ? 'contested' : undefined)
  const scenario = scenarioOf(id)
  return {
    target: record.id,
    scenario,
    check: id,
    yardstick,
    origin: record.origin,
    outcome,
    ...(reason === undefined ? {} : { reason }),
    ...(departure?.note === undefined ? {} : { note: departure.note }),
    level,
    requirements: [requirementId(id)],
    ...(yardstick === 'own'
      ? {
          claim: {
            status: 'documented' as const,
            hinge: 'response /output',
            words: 'The output array holds the generated items.',
            source: 'page',
          },
        }
      : {}),
    attempts: departure?.attempts ?? { made: 1, passed: outcome === 'pass' ? 1 : 0 },
    findings:
      departure?.findings?.map((finding) => ({ step: 'ask', ...finding })) ??
      (contested
        ? [
            {
              step: 'ask',
              at: 'framing',
              expected: 'data: [DONE]',
              actual: 'the stream ends without it',
              contested: CONTESTED,
            },
          ]
        : []),
    evidence: { ask: evidenceId(record.id, scenario) },
    ...(departure?.cause === undefined ? {} : { cause: departure.cause }),
    ...(departure?.expected === undefined ? {} : { expected: departure.expected }),
  }
}

function evidenceId(of: string, scenario: string): string {
  return `${of}-${scenario.replaceAll('/', '-')}`
}

/** Name and version of the clients that are asked about, by id. */
const CLIENTS = {
  codex: ['Codex CLI', '0.169.0'],
  'openai-7': ['openai 7 (Node)', '7.55.0'],
  langchain: ['LangChain.js with @langchain/openai', '1.6.0'],
  opencode: ['opencode', '1.18.33'],
} as const

const READINESS: readonly Readiness[] = [
  ready('reference', 'codex', 'works'),
  ready('reference', 'openai-7', 'works'),
  ready('reference', 'langchain', 'works'),
  ready('reference', 'opencode', 'works'),
  ready('harbor', 'codex', 'breaks', [
    'its request is refused: at status 200 was expected, 400 came',
  ]),
  ready('harbor', 'openai-7', 'limited', [
    'streamed: it goes wrong: at /events/7/response/output/0/content/0/text the joined deltas was expected, "One, two, three, four, five.\\n" came',
    'structured answers: it throws: at /output/0/content/0/annotations an array was expected, nothing came',
  ]),
  ready('harbor', 'langchain', 'limited', [
    'it loses something: at /usage/output_tokens_details an object was expected, nothing came',
  ]),
  ready('harbor', 'opencode', 'works'),
  ready('acme', 'codex', 'breaks', [
    'it throws: at framing response.completed was expected, the end of the connection came',
  ]),
  ready('acme', 'openai-7', 'unknown', ['not streamed: 429 after 5 tries.']),
  // LangChain was not asked about here.
  ready('acme', 'opencode', 'breaks', [
    'it asks again without end: at framing response.completed was expected, the end of the connection came',
    'refuses a form that it may send: at status 200 was expected, 422 came',
  ]),
  ready('emulation', 'codex', 'unknown', ['our own server answered in this shape']),
]

function ready(
  of: string,
  client: keyof typeof CLIENTS,
  answer: Readiness['answer'],
  reasons: readonly string[] = [],
): Readiness {
  const [name, version] = CLIENTS[client]
  return { target: of, client, name, version, answer, reasons }
}

function documentRows(): readonly DocumentRow[] {
  const source = {
    title: 'Harbor docs, Responses',
    url: 'https://docs.harbor.example/responses',
    edition: '2026-11-20',
  }
  const lumen = {
    title: 'Lumen docs, Responses',
    url: 'https://docs.lumen.example/responses',
    edition: '2026-11-18',
  }
  return [
    {
      provider: 'harbor',
      kind: 'promise',
      feature: 'basic',
      status: 'documented',
      at: 'request /input',
      says: 'input is documented as text or as an array.',
      quote: 'string | array',
      source,
    },
    {
      provider: 'harbor',
      kind: 'promise',
      feature: 'stateful',
      status: 'conditional',
      at: 'request /previous_response_id',
      says: 'previous_response_id works where the upstream model stores responses.',
      quote: '上游模型支持时可用',
      source,
    },
    {
      provider: 'harbor',
      kind: 'promise',
      feature: 'file',
      status: 'silent',
      at: 'request /input/*/content/*/type = input_file',
      says: 'input_file is not mentioned.',
      source,
    },
    {
      provider: 'harbor',
      kind: 'promise',
      feature: 'streaming',
      status: 'documented',
      at: 'request /stream',
      says: 'stream is documented.',
      quote: 'stream: boolean',
      source,
      scenarios: ['streaming/text'],
    },
    {
      provider: 'harbor',
      kind: 'contradiction',
      feature: 'basic',
      at: 'sample basic /output/0/content',
      says: 'The sample shows a string where the table says array.',
      expected: 'array',
      actual: '"Hello"',
      quote: 'content: array of parts',
      source,
    },
    {
      provider: 'harbor',
      kind: 'difference',
      feature: 'basic',
      yardstick: 'openai',
      at: 'table /created',
      says: 'The field is named created; OpenAI names it created_at.',
      expected: 'created_at',
      actual: 'created',
      quote: 'created: integer',
      source,
      level: 'must',
    },
    {
      provider: 'harbor',
      kind: 'difference',
      feature: 'streaming',
      yardstick: 'open-responses',
      at: 'stream done-marker',
      says: 'The page says nothing of a closing [DONE].',
      source,
      level: 'should',
      contested: CONTESTED,
    },
    {
      provider: 'harbor',
      kind: 'silence',
      feature: 'tool',
      yardstick: 'openai',
      at: 'request /tool_choice',
      says: 'The page does not mention tool_choice.',
      source,
    },
    {
      provider: 'lumen',
      kind: 'promise',
      feature: 'basic',
      status: 'documented',
      at: 'request /input',
      says: 'input is documented as an array.',
      quote: 'array, required',
      source: lumen,
    },
    {
      provider: 'lumen',
      kind: 'promise',
      feature: 'image',
      status: 'denied',
      at: 'request /input/*/content/*/type = input_image',
      says: 'Images are not supported on this endpoint.',
      quote: 'Images are not supported.',
      source: lumen,
    },
  ]
}

/** A saved exchange for an evidence id of the sample. */
export function sampleExchange(id: string): Exchange | undefined {
  const stream = id.endsWith('streaming-text')
  const response = (status: string, text: string): Record<string, Json> => ({
    id: 'resp_1',
    object: 'response',
    created_at: 1_795_000_000,
    status,
    model: 'harbor-large-1106',
    output: [
      {
        id: 'msg_1',
        type: 'message',
        role: 'assistant',
        status,
        content: [{ type: 'output_text', text }],
      },
    ],
    usage: { input_tokens: 12, output_tokens: 9, total_tokens: 21 },
  })
  const types = [
    'created',
    'in_progress',
    'output_item.added',
    'content_part.added',
    'output_text.delta',
    'output_text.done',
    'output_item.done',
    'completed',
  ]
  return {
    request: {
      operation: 'create',
      method: 'POST',
      path: '/responses',
      body: {
        json: {
          model: 'harbor-large',
          input: [{ role: 'user', content: 'Count from 1 to 5 in English words.' }],
          stream,
        },
      },
    },
    status: 200,
    headers: [
      ['content-type', stream ? 'text/event-stream' : 'application/json'],
      ['x-request-id', 'req_1'],
    ],
    body: stream
      ? {
          kind: 'events',
          anomalies: [],
          events: types.map((name, index) => {
            const type = `response.${name}`
            const data: Record<string, Json> = {
              type,
              sequence_number: index,
              ...(name === 'output_text.delta' ? { delta: 'One, two, three, four, five.' } : {}),
              ...(name === 'completed'
                ? { response: response('completed', 'One, two, three, four, five.\n') }
                : {}),
            }
            return {
              index,
              name: type,
              data,
              raw: JSON.stringify(data),
              offset: index * 180,
              ms: 300 + index * 45,
            }
          }),
        }
      : {
          kind: 'json',
          value: response('completed', 'One, two, three, four, five.'),
          text: JSON.stringify(response('completed', 'One, two, three, four, five.')),
        },
    ending: 'complete',
    timing: {
      startedAt: '2026-11-20T06:00:01.000Z',
      headersMs: 290,
      firstByteMs: 300,
      endMs: 640,
      chunks: [
        [0, 300],
        [720, 480],
      ],
    },
    raw: { sha256: '0'.repeat(64), bytes: 1440, kept: 1440 },
    tries: 1,
    evidence: id,
  }
}

export function sampleRun(): RunResult {
  const rows = verdicts()
  const evidence: Record<string, EvidenceRecord> = {}
  for (const row of rows) {
    const id = row.evidence['ask']!
    evidence[id] = {
      target: row.target,
      request: 'POST /responses',
      status: 200,
      ending: 'complete',
      bytes: 1440,
      file: `evidence/${id}.json`,
    }
  }
  return {
    format: 'responses-conformance/run/1',
    suite: { name: 'responses-conformance', version: '0.1.0' },
    run: {
      id: 'sample',
      startedAt: '2026-11-20T06:00:00.000Z',
      finishedAt: '2026-11-20T06:01:12.000Z',
      complete: true,
      runner: { node: 'v20.20.2', platform: 'linux-x64' },
    },
    targets: TARGETS,
    contracts: {
      harbor: {
        title: 'Harbor',
        edition: '2026-11-20',
        endpoint: 'https://harbor.example/v1',
        keyEnv: 'HARBOR_API_KEY',
        sources: [
          {
            id: 'page',
            title: 'Harbor docs, Responses',
            url: 'https://docs.harbor.example/responses',
            retrieved: '2026-11-20',
            kind: 'document',
          },
        ],
      },
      lumen: {
        title: 'Lumen',
        edition: '2026-11-18',
        sources: [
          {
            id: 'page',
            title: 'Lumen docs, Responses',
            url: 'https://docs.lumen.example/responses',
            retrieved: '2026-11-18',
            kind: 'document',
          },
        ],
      },
      openai: {
        title: 'OpenAI Responses API',
        edition: '2026-11-20',
        sources: [{ id: 'reference', ...OPENAI_PAGE, retrieved: '2026-11-20', kind: 'document' }],
      },
      reference: {
        title: 'Reference provider',
        edition: '0.1.0',
        sources: [
          {
            id: 'page',
            title: 'The reference provider',
            url: 'https://reference.example/',
            retrieved: '2026-11-20',
            kind: 'code',
          },
        ],
      },
    },
    requirements: Object.fromEntries(
      CHECKS.map((line) => [requirementId(line[0]), requirementOf(line)]),
    ),
    scenarios: Object.fromEntries(
      CHECKS.map(([id]) => [
        scenarioOf(id),
        { title: `A plain question, ${id.split('/')[0]!}`, feature: id.split('/')[0]! },
      ]),
    ),
    checks: Object.fromEntries(
      CHECKS.map(([id, title, kind, , breaks]) => [
        id,
        {
          title,
          feature: id.split('/')[0]!,
          kind,
          requirements: [requirementId(id)],
          ...(breaks === undefined ? {} : { breaks }),
        },
      ]),
    ),
    verdicts: rows,
    documents: documentRows(),
    causes: [
      {
        id: 'harbor-1',
        title: 'annotations is missing in every text part',
        target: 'harbor',
        checks: ['basic/matches-schema', 'structured-output/fits'],
      },
      {
        id: 'harbor-2',
        title: 'the final text has a trailing newline',
        target: 'harbor',
        checks: ['streaming/deltas-add-up'],
      },
      {
        id: 'acme-1',
        title: 'the stream ends without a terminal event',
        target: 'acme',
        checks: ['streaming/terminal-event'],
      },
      {
        id: 'acme-2',
        title: 'every call has the id call_1',
        target: 'acme',
        checks: ['tool/call-id'],
      },
    ],
    readiness: READINESS,
    evidence,
  }
}
