// The targets of the sample, and the clients that work with them.

import type { Readiness, TargetRecord, Yardstick } from '../../../../src/types/index.ts'

export const TARGETS: readonly TargetRecord[] = [
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

/** Name and version of the clients that are asked about, by id. */
const CLIENTS = {
  codex: ['Codex CLI', '0.169.0'],
  'openai-7': ['openai 7 (Node)', '7.55.0'],
  langchain: ['LangChain.js with @langchain/openai', '1.6.0'],
  opencode: ['opencode', '1.18.33'],
} as const

export const READINESS: readonly Readiness[] = [
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
