// Every format, by a file that its tool wrote about our own reference: read whole, green as it is, red when it is spoilt.

import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createMemoryStore } from '../../../src/evidence/saved-exchanges.ts'
import { readTraffic, type Traffic } from '../../../src/evidence/import-traffic.ts'
import { createTrafficJudge } from '../../../src/run/judge-traffic.ts'
import type { RunResult } from '../../../src/types/index.ts'

const folder = join(import.meta.dirname, 'samples')
const KEY = 'sk-recorded-Zk3Vq8Lw2Np7Xt5B'

interface Sample {
  readonly format: string
  /** What is judged: `C` a created answer, `S` a stream, `R` a stored response, `E` a refusal, `M` a list of models. */
  readonly holds: string
  readonly unrecorded?: readonly string[]
  readonly leftOut?: readonly string[]
  /** Its bytes cannot be changed by hand. */
  readonly isPacked?: true
}

const SAMPLES: Readonly<Record<string, Sample>> = {
  'chromium-embed.har': {
    format: 'HAR',
    holds: 'CSES',
    leftOut: ['entry 1: GET /: not an endpoint of this API'],
  },
  'polly.har': { format: 'Polly.JS', holds: 'CSRE' },
  'polly-gzip.har': { format: 'Polly.JS', holds: 'CSE', isPacked: true },
  'vcrpy.yaml': { format: 'cassette of VCR, vcrpy, Betamax or go-vcr', holds: 'CSRE' },
  'vcrpy-gzip.yaml': {
    format: 'cassette of VCR, vcrpy, Betamax or go-vcr',
    holds: 'CSRE',
    isPacked: true,
  },
  'betamax-gzip.json': {
    format: 'cassette of VCR, vcrpy, Betamax or go-vcr',
    holds: 'CSRE',
    isPacked: true,
  },
  'langchain.yaml.gz': {
    format: 'cassette of VCR, vcrpy, Betamax or go-vcr',
    holds: 'CSRE',
    isPacked: true,
  },
  'go-vcr.yaml': { format: 'cassette of VCR, vcrpy, Betamax or go-vcr', holds: 'CS' },
  'nock.json': { format: 'nock', holds: 'CSRE' },
  'nock-gzip.json': { format: 'nock', holds: 'CSE', isPacked: true },
  'wiremock-recordings.json': { format: 'WireMock', holds: 'ERSC' },
  'mitmproxy.mitm': { format: 'mitmproxy', holds: 'CSRE' },
  'postman.json': { format: 'Postman or Newman', holds: 'CSEM' },
  'newman.json': { format: 'Postman or Newman', holds: 'CE', isPacked: true },
  'curl-i.txt': { format: 'output of curl or HTTPie', holds: 'C', unrecorded: ['request'] },
  'curl-N.sse': {
    format: 'output of curl or HTTPie',
    holds: 'S',
    unrecorded: ['request', 'status', 'headers'],
  },
  'curl-v.txt': { format: 'output of curl or HTTPie', holds: 'S', unrecorded: ['request'] },
  'httpie-stream.txt': { format: 'output of curl or HTTPie', holds: 'S' },
  'httpie-pretty.txt': { format: 'output of curl or HTTPie', holds: 'C', isPacked: true },
  'openai-batch.jsonl': {
    format: 'OpenAI Batch output',
    holds: 'CE',
    unrecorded: ['request', 'headers'],
    leftOut: ['line 3: the batch did not send it (batch_expired)'],
  },
}

/** Files whose tool kept nothing of the provider's own: the reason is all that comes of them. */
const UNUSABLE: Readonly<Record<string, readonly [string, string, number]>> = {
  'chromium-omit.har': ['HAR', 'its body was not recorded', 5],
  'litellm.jsonl': ['LiteLLM log', 'LiteLLM logs the answer as it wrote it anew', 2],
  'langfuse.json': ['Langfuse', 'Langfuse keeps output and figures', 3],
  'codex-rollout.jsonl': ['Codex rollout', 'point its base_url at "watch"', 11],
}

function read(file: string, spoil: (bytes: Buffer) => Buffer = (bytes) => bytes): Traffic {
  return readTraffic(spoil(readFileSync(join(folder, file))), file)
}

function kindsOf({ exchanges }: Traffic): string {
  return exchanges
    .map(({ exchange: { request, status, body } }) => {
      if (request.operation === 'list-models') return 'M'
      if (status >= 400) return 'E'
      if (body.kind === 'events') return 'S'
      return request.operation === 'create' ? 'C' : 'R'
    })
    .join('')
}

const judging = createTrafficJudge({
  contract: 'openai',
  yardsticks: ['openai'],
  store: createMemoryStore(),
  isWritten: false,
})

async function judge({ exchanges }: Traffic): Promise<RunResult> {
  return (await (await judging)(exchanges)).result
}

function outcomesOf(result: RunResult, outcome: string): readonly string[] {
  return result.verdicts.filter((row) => row.outcome === outcome).map(({ check }) => check)
}

test('every sample is read by a test', () => {
  const files = readdirSync(folder).filter((file) => file !== 'README.md')
  expect([...Object.keys(SAMPLES), ...Object.keys(UNUSABLE)].toSorted()).toEqual(files.toSorted())
})

test.each(Object.entries(SAMPLES))('%s', async (file, sample) => {
  const traffic = read(file)
  expect(traffic.formats).toEqual([sample.format])
  expect(kindsOf(traffic)).toBe(sample.holds)
  expect(traffic.leftOut.map(({ place, because }) => `${place}: ${because}`)).toEqual(
    sample.leftOut ?? [],
  )
  expect([
    ...new Set(traffic.exchanges.flatMap(({ exchange }) => exchange.unrecorded ?? [])),
  ]).toEqual(sample.unrecorded ?? [])
  expect(JSON.stringify(traffic.exchanges)).not.toContain(KEY)

  const result = await judge(traffic)
  expect([...outcomesOf(result, 'fail'), ...outcomesOf(result, 'warn')]).toEqual([])
  expect(outcomesOf(result, 'pass').length).toBeGreaterThan(5)
})

/** A status that no response has: as many bytes as the one before, so that lengths stay true. */
function spoilStatus(bytes: Buffer): Buffer {
  const text = bytes.toString('latin1')
  const spoilt = text.replaceAll(/(status\\*": ?\\*")completed/g, '$1complexed')
  return Buffer.from(spoilt, 'latin1')
}

test.each(Object.keys(SAMPLES).filter((file) => SAMPLES[file]!.isPacked !== true))(
  '%s, with a status that no response has',
  async (file) => {
    const result = await judge(read(file, spoilStatus))
    expect(outcomesOf(result, 'fail')).toContain('basic/message-item-is-whole')
  },
)

test.each(Object.entries(UNUSABLE))('%s says why it shows nothing', (file, [format, why, many]) => {
  const { formats, exchanges, leftOut } = read(file)
  expect(formats).toEqual([format])
  expect(exchanges).toEqual([])
  expect(leftOut).toHaveLength(many)
  expect(leftOut.at(-1)?.because).toContain(why)
})
