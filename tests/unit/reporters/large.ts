// As much as the report has to carry: many providers, thousands of rows.

import type {
  Exchange,
  RunResult,
  TargetRecord,
  Verdict,
  Yardstick,
} from '../../../src/types/index.ts'
import { FIRST_FEATURES } from '../../../src/result/rows-marks-and-standing.ts'
import { sampleExchange, sampleRun } from './sample.ts'

const FEATURES = [
  ...FIRST_FEATURES,
  'errors',
  'usage',
  'parameters',
  'fields',
  'reasoning',
  'lifecycle',
]

/** `targets` × `checks` × three yardsticks; every seventh row or so is worth a look. */
export function largeRun(targets: number, checks: number): RunResult {
  const small = sampleRun()
  const yardsticks: readonly Yardstick[] = ['own', 'openai', 'open-responses']
  const records = Array.from({ length: targets }, (_, index): TargetRecord => ({
    ...small.targets[1]!,
    id: `provider-${index}`,
    name: `Provider ${index}`,
    endpoint: `https://api${index}.example.com/v1`,
    models: { text: `large-model-${index}-2026` },
  }))
  const ids = Array.from({ length: checks }, (_, index) => {
    const feature = FEATURES[index % FEATURES.length]!
    const name = `check-number-${Math.floor(index / FEATURES.length)}`
    return feature === 'parameters' || feature === 'fields'
      ? `${feature}/family-${index % 2}/${name}`
      : `${feature}/${name}`
  })
  // A fixed sequence that looks like chance.
  let seed = 41
  const next = (limit: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    return seed % limit
  }
  const verdicts = records.flatMap((record) =>
    ids.flatMap((check, index): readonly Verdict[] => {
      const chance = next(100)
      const level = index % 4 === 0 ? 'should' : 'must'
      const outcome =
        chance < 82
          ? 'pass'
          : chance < 90
            ? level === 'must'
              ? 'fail'
              : 'warn'
            : chance < 94
              ? 'warn'
              : chance < 97
                ? 'inconclusive'
                : 'not-applicable'
      return yardsticks.map((yardstick): Verdict => ({
        target: record.id,
        scenario: `${check.split('/')[0]!}/scenario-${index % 4}`,
        check,
        yardstick,
        origin: 'live',
        outcome,
        level,
        requirements: [`REQUIREMENT-${index}`],
        attempts: { made: 1, passed: outcome === 'pass' ? 1 : 0 },
        findings:
          outcome === 'fail' || outcome === 'warn'
            ? [
                {
                  step: 'ask',
                  at: `/output/0/content/${index % 3}/annotations`,
                  expected: `annotations: an array, required in output_text by the sentence number ${index}`,
                  actual: `absent; the part has the keys type, text, and it was seen ${chance} times in this answer of provider ${record.id}`,
                  message: `The text part has no annotations in case ${index}.`,
                },
              ]
            : [],
        evidence: { ask: `${record.id}-${index % 40}-streaming-text` },
      }))
    }),
  )
  return {
    ...small,
    targets: records,
    verdicts,
    causes: [],
    documents: records.flatMap(({ id }) =>
      Array.from({ length: 12 }, (_, index) =>
        small.documents.map((row) => ({ ...row, provider: id, at: `${row.at}/${index}` })),
      ).flat(),
    ),
    checks: Object.fromEntries(
      ids.map((id, index) => [
        id,
        {
          title: `The truth number ${index} holds in every answer of the endpoint`,
          feature: id.split('/')[0]!,
          kind: 'wire',
          requirements: [`REQUIREMENT-${index}`],
          ...(index % 3 === 0 ? { breaks: [{ client: 'openai-node 7', effect: 'throws' }] } : {}),
        },
      ]),
    ),
    requirements: Object.fromEntries(
      ids.map((id, index) => [
        `REQUIREMENT-${index}`,
        {
          ...Object.values(small.requirements)[0]!,
          id: `REQUIREMENT-${index}`,
          area: id.split('/')[0]!,
        },
      ]),
    ),
    scenarios: Object.fromEntries(
      verdicts.map(({ scenario }) => [
        scenario,
        { title: `The scenario ${scenario}`, feature: scenario.split('/')[0]! },
      ]),
    ),
    evidence: Object.fromEntries(
      verdicts.map(({ target, evidence }) => [
        evidence['ask']!,
        {
          target,
          request: 'POST /responses',
          status: 200,
          ending: 'complete',
          bytes: 1440,
          file: `evidence/${evidence['ask']!}.json`,
        },
      ]),
    ),
  }
}

/** Markup, terminal, spreadsheet, workflow and XML attacks, and characters that turn text around. */
export const HOSTILE =
  `"'><script>alert(1)</script><img src=x onerror=alert(2)><!--]]></testcase>` +
  '\u001b[31m\u001b]0;owned\u0007\u009b2J\u202Egnp.exe\u0000\r\n::error::owned%0A' +
  '\n=HYPERLINK("https://evil.example","x")\n# owned `code` ``` | [x](javascript:alert(3)) @everyone \ud800 {{7*7}}'

/** The sample with the attack in every string that a provider, its pages or the user wrote. */
export function hostileRun(): RunResult {
  const run = sampleRun()
  return {
    ...run,
    run: { ...run.run, complete: false, incomplete: HOSTILE },
    targets: run.targets.map((target) => ({
      ...target,
      name: `${target.name} ${HOSTILE}`,
      endpoint: `${target.endpoint}?${HOSTILE}`,
      models: { text: HOSTILE },
      echoedModels: [HOSTILE],
    })),
    contracts: Object.fromEntries(
      Object.entries(run.contracts).map(([id, contract]) => [
        id,
        {
          title: HOSTILE,
          edition: HOSTILE,
          sources: contract.sources.map((source) => ({
            ...source,
            title: HOSTILE,
            url: `javascript:alert(4)//${HOSTILE}`,
          })),
        },
      ]),
    ),
    verdicts: run.verdicts.map((row) => ({
      ...row,
      ...(row.note === undefined ? {} : { note: HOSTILE }),
      ...(row.claim === undefined ? {} : { claim: { ...row.claim, words: HOSTILE } }),
      findings: row.findings.map((finding) => ({
        ...finding,
        at: `${finding.at}/${HOSTILE}`,
        expected: HOSTILE,
        actual: HOSTILE,
        message: HOSTILE,
        contested: HOSTILE,
        near: [HOSTILE],
      })),
    })),
    documents: run.documents.map((row) => ({
      ...row,
      at: HOSTILE,
      says: HOSTILE,
      quote: HOSTILE,
      expected: HOSTILE,
      actual: HOSTILE,
      source: { title: HOSTILE, url: `javascript:alert(5)//${HOSTILE}` },
    })),
    causes: run.causes.map((cause) => ({ ...cause, title: HOSTILE })),
    readiness: (run.readiness ?? []).map((row) => ({
      ...row,
      reasons: row.reasons.map(() => HOSTILE),
    })),
  }
}

export function hostileExchange(id: string): Exchange | undefined {
  const exchange = sampleExchange(id)
  if (exchange === undefined) return undefined
  // `__proto__` as a key of its own, as JSON.parse makes it.
  const value = JSON.parse(`{"__proto__":{"polluted":true},"text":${JSON.stringify(HOSTILE)}}`)
  return {
    ...exchange,
    headers: [[HOSTILE, HOSTILE]],
    body:
      exchange.body.kind === 'events'
        ? {
            kind: 'events',
            anomalies: [{ kind: 'comment', offset: 0, count: 2, note: HOSTILE }],
            events: [
              { index: 7, name: HOSTILE, data: { type: HOSTILE }, raw: HOSTILE, offset: 0, ms: 1 },
            ],
          }
        : { kind: 'json', value, text: HOSTILE },
  }
}
