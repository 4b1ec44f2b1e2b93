// What must hold for any input: readers end, refuse with a sentence or give what others can rely on.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { UsageError } from '../../../src/base/errors.ts'
import { parse } from '../../../src/base/json.ts'
import { parseInlineTargets } from '../../../src/cli/config/parse-target-option.ts'
import { describeWarnings } from '../../../src/cli/config/fetch-contract.ts'
import { contractOf } from '../../../src/contract/contract.ts'
import { importPublished } from '../../../src/contract/file/import-openapi-document.ts'
import { readYamlFile } from '../../../src/contract/file/check-yaml-file.ts'
import { readTraffic } from '../../../src/evidence/import-traffic.ts'
import { checkEntry, type JournalEntry } from '../../../src/evidence/journal.ts'
import { isSavedExchange, restoreExchange } from '../../../src/evidence/saved-exchanges.ts'
import { matchesGlob } from '../../../src/plan/selection.ts'
import { compilePattern } from '../../../src/schema/pattern.ts'
import { createRedactor } from '../../../src/target/redact.ts'
import { resolveTargets } from '../../../src/target/resolve-targets.ts'
import { changeBody, decodeBody } from '../../../src/transport/decode-body.ts'
import { decodeEvents } from '../../../src/transport/sse.ts'
import type { Ending, Json } from '../../../src/types/index.ts'
import { escapeControls } from '../../../reporters/common/escape.ts'
import { createAnsweredExchange } from '../../exchange.ts'

/** What a reader does with an input from a file of the corpus. Throws where it does wrong. */
export const READERS: Readonly<Record<string, (bytes: Buffer) => void>> = {
  events: (bytes) => void readEvents(bytes, [], 'complete'),
  body: readBody,
  traffic: (bytes) => orRefused(() => readTraffic(bytes, 'file')),
  yaml: readYaml,
  journal: readEntry,
}

/** Refusing is right; any other error is a crash. */
function orRefused(read: () => unknown): void {
  try {
    read()
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
  }
}

function hold(condition: boolean, what: string): void {
  if (!condition) throw new Error(what)
}

function readEvents(bytes: Buffer, cuts: readonly number[], ending: Ending): string {
  const edges = [...new Set([0, ...cuts.map((cut) => cut % (bytes.length + 1))])]
  const chunks = edges.toSorted((a, b) => a - b).map((edge, at): [number, number] => [edge, at])
  const { events, anomalies } = decodeEvents({ bytes, chunks, ending })
  let before = -1
  for (const { offset, ms } of events) {
    hold(offset > before && offset <= bytes.length, 'events lie one behind the other')
    hold(ms >= 0 && ms < chunks.length, 'an event comes with a chunk')
    before = offset
  }
  hold(new Set(anomalies.map(({ kind }) => kind)).size === anomalies.length, 'a kind is said once')
  return JSON.stringify(
    events.map(({ name, raw, data, id, offset }) => [name, raw, data, id, offset]),
  )
}

function readBody(bytes: Buffer): void {
  for (const encoding of [undefined, 'gzip', 'deflate', 'br', 'zstd']) {
    const headers = [
      ['content-type', 'text/event-stream'] as const,
      ...(encoding === undefined ? [] : [['content-encoding', encoding] as const]),
    ]
    const changed = changeBody(bytes, headers, (text) => text)
    hold(changed === bytes || changed.length === 0, 'what is not changed stays, or is left out')
    const request = { operation: 'create', method: 'POST', path: '/responses' } as const
    const body = decodeBody({
      request,
      status: 200,
      headers,
      bytes,
      chunks: [[0, 0]],
      ending: 'complete',
      leftOpen: false,
    })
    hold(['json', 'events', 'text', 'empty'].includes(body.kind), 'a body has a kind')
  }
}

function readYaml(bytes: Buffer): void {
  const { problems } = readYamlFile(bytes.toString('utf8'), 'file.yaml', {
    schema: 'config.schema.json',
    form: 'YAML',
    stranger: { wrong: 'this is none', write: 'a mapping' },
    lint: () => [],
  })
  for (const { wrong, write } of problems) hold(wrong !== '' && write !== '', 'a mistake is told')
}

function readEntry(bytes: Buffer): void {
  const value = parse(bytes.toString('utf8'))
  for (const kind of [
    'start',
    'exchange',
    'evidence',
    'case',
    'plan',
  ] satisfies JournalEntry['kind'][])
    orRefused(() => checkEntry(value, kind, 'file:1'))
  if (isSavedExchange(value)) restoreExchange(value)
}

// ── what is tried ────────────────────────────────────────────────────────────

const line = fc.oneof(
  fc.constantFrom('event: response.created', 'data: {"type":"response.created"}', 'data: [DONE]'),
  fc.constantFrom('', ':', 'id: 1', 'retry: x', 'data', 'data:', 'event:', '\uFEFFdata: 1'),
  fc
    .tuple(fc.constantFrom('data: ', 'event: ', ''), fc.string({ unit: 'binary' }))
    .map((p) => p.join('')),
)
const streams = fc
  .tuple(fc.array(line, { maxLength: 30 }), fc.constantFrom('\n', '\r\n', '\r'))
  .map(([lines, end]) => Buffer.from(lines.join(end)))
const noise = fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes))
const endings = fc.constantFrom<Ending>('complete', 'cut', 'timeout', 'size-cap', 'aborted')
const values = fc.jsonValue({ maxDepth: 6 })

const record = fc.record(
  {
    host: fc.oneof(fc.webAuthority(), values),
    request: fc.oneof(
      values,
      fc.record({
        method: fc.oneof(fc.constantFrom('GET', 'POST'), values),
        path: fc.oneof(fc.constantFrom('/v1/responses', '/v1/responses/r_1/cancel'), values),
        url: fc.oneof(fc.webUrl(), values),
        body: values,
        postData: values,
      }),
    ),
    response: fc.oneof(
      values,
      fc.record({ status: values, headers: values, body: values, content: values }),
    ),
    note: values,
  },
  { requiredKeys: [] },
)
const traffic = fc.oneof(
  fc
    .array(record, { maxLength: 5 })
    .map((rows) => rows.map((row) => JSON.stringify(row)).join('\n')),
  fc.array(record, { maxLength: 5 }).map((entries) => JSON.stringify({ log: { entries } })),
  values.map((value) => JSON.stringify(value)),
  fc.string(),
)

/** Files that tools wrote, with some bytes changed, a part left out, or something of another in the middle. */
const samples = join(import.meta.dirname, '../traffic/samples')
const recordings = readdirSync(samples)
  .filter((name) => name !== 'README.md')
  .map((name) => readFileSync(join(samples, name)))
const spoilt = fc
  .tuple(
    fc.constantFrom(...recordings),
    fc.constantFrom(...recordings),
    fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 20 }),
    fc.nat(),
    fc.nat(400),
  )
  .map(([file, other, changes, at, length]) => {
    const bytes = Buffer.from(file)
    for (const [place, byte] of changes) bytes[place % bytes.length] = byte
    const cut = at % bytes.length
    const piece = other.subarray(cut % other.length, (cut % other.length) + length)
    return Buffer.concat([bytes.subarray(0, cut), piece, bytes.subarray(cut + length)])
  })

const yaml = fc.oneof(
  fc.string({ unit: 'binary' }),
  values.map((value) => JSON.stringify({ targets: { a: value }, suites: value })),
  fc
    .array(
      fc.constantFrom(
        'targets:',
        ' a:',
        ' - ',
        '&x',
        '*x',
        '? ',
        '{',
        '}',
        '[',
        ']',
        '|',
        '>',
        '!!str',
        '"',
        "'",
        '\n',
        '<<: ',
        '#',
        '%YAML',
        '---',
        ': 1',
      ),
      { maxLength: 40 },
    )
    .map((parts) => parts.join('')),
)

const argument = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.webUrl({ withQueryParameters: true, withFragments: true }),
  fc.constantFrom(
    'a=http://x/v1',
    ',model=m',
    'http://u:p@h',
    '%',
    '',
    '${HOME}',
    'X: ${PATH}',
    '__proto__=http://x',
  ),
)

/** Schemas that refer to each other, by names of any kind. */
const NAMES = ['A', 'B', '__proto__', 'constructor', '%zz', '\u001b', '']
const reference = fc.oneof(
  fc.constantFrom(...NAMES).map((name) => `#/components/schemas/${name}`),
  fc.constantFrom('#', '#/paths', '../up.yaml', 'a\0b', 'https://x/y', ''),
)
const { schema } = fc.letrec<{ schema: unknown }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    values,
    fc.record(
      {
        $ref: reference,
        type: fc.oneof(fc.constantFrom('object', 'string', 'array', ['null', 'integer']), values),
        allOf: fc.array(tie('schema'), { maxLength: 2 }),
        anyOf: fc.array(tie('schema'), { maxLength: 3 }),
        oneOf: fc.oneof(values, fc.array(tie('schema'), { maxLength: 2 })),
        items: tie('schema'),
        properties: fc.dictionary(fc.constantFrom(...NAMES, 'id', 'type'), tie('schema')),
        patternProperties: fc.dictionary(fc.string(), tie('schema'), { maxKeys: 2 }),
        required: fc.oneof(values, fc.array(fc.constantFrom(...NAMES))),
        pattern: fc.oneof(fc.string(), fc.constant('(a+)+$'), fc.constant('a{0,1000}'.repeat(50))),
        enum: values,
        discriminator: fc.oneof(values, fc.record({ propertyName: fc.constantFrom(...NAMES) })),
        nullable: fc.boolean(),
      },
      { requiredKeys: [] },
    ),
  ),
}))
const published = fc.record({
  answer: schema,
  schemas: fc.dictionary(fc.constantFrom(...NAMES), schema),
  servers: values,
  security: values,
})

const KEY = 'sk-FUZ7x9QzKk42vLmZw8T0pAbC'

export const PROPERTIES: Readonly<Record<string, fc.IRawProperty<unknown, false>>> = {
  'events are the same, however the bytes are cut': fc.property(
    fc.oneof(streams, noise),
    fc.array(fc.nat(500), { maxLength: 8 }),
    endings,
    (bytes, cuts, ending) => {
      hold(readEvents(bytes, cuts, ending) === readEvents(bytes, [], ending), 'cuts change nothing')
    },
  ),
  'a body is decoded': fc.property(fc.oneof(noise, streams), readBody),
  'traffic is read or refused': fc.property(traffic, (text) =>
    READERS['traffic']!(Buffer.from(text)),
  ),
  'a recording of a tool is read or refused, however it was spoilt': fc.property(spoilt, (bytes) =>
    READERS['traffic']!(bytes),
  ),
  'YAML is read, or each mistake told': fc.property(yaml, (text) => readYaml(Buffer.from(text))),
  'a published document is a contract or refused, and judges any answer': fc.property(
    published,
    values,
    ({ answer, schemas, ...rest }, answered) => {
      const content = { 'application/json': { schema: answer } }
      const responses = { '200': { description: '', content } }
      const components = { schemas }
      const paths = { '/responses': { post: { responses } } }
      orRefused(() => {
        const imported = importPublished({
          text: JSON.stringify({ openapi: '3.1.0', ...rest, paths, components }),
          name: 'x.json',
          openFile: () => ({ because: 'there are no files' }),
          today: '2026-11-30',
        })
        const contract = contractOf('x.json', imported.contract, () => ({}), 'x')
        contract.flaws(createAnsweredExchange(answered as Json))
        const said = describeWarnings('x.json', imported.warnings)
        hold(said.isWellFormed() && !said.includes('\u001b'), 'warnings are text')
      })
    },
  ),
  'a line of a journal is checked': fc.property(values, (value) =>
    readEntry(Buffer.from(JSON.stringify(value))),
  ),
  'arguments are taken or refused': fc.property(
    fc.array(argument, { maxLength: 3 }),
    fc.record(
      {
        baseUrl: argument,
        model: argument,
        proxy: argument,
        header: fc.array(argument),
        apiKeyEnv: argument,
      },
      { requiredKeys: [] },
    ),
    (written, options) => {
      orRefused(() => parseInlineTargets(written))
      orRefused(() => resolveTargets([], { ...options, withoutKeys: true }))
    },
  ),
  'a key is masked in any text, and nothing else changes': fc.property(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'binary' }),
    (before, after) => {
      const { text } = createRedactor([KEY])
      const masked = text(`${before} ${KEY} ${after}`)
      hold(masked === `${before} ${'*'.repeat(KEY.length)} ${after}`, 'the key and nothing else')
    },
  ),
  'text is shown as a person can see it': fc.property(fc.string({ unit: 'binary' }), (text) => {
    hold(
      escapeControls(escapeControls(text)) === escapeControls(text),
      'what is shown stays as it is',
    )
  }),
  'a pattern ends': fc.property(fc.string(), fc.string(), (source, text) => {
    compilePattern(source).test(text)
  }),
  'a glob of an id matches it': fc.property(fc.string(), fc.nat(20), (id, at) => {
    hold(matchesGlob(`${id.slice(0, at)}*`, id), 'its beginning')
    hold(matchesGlob(`*${id.slice(at)}`, id), 'its end')
  }),
}
