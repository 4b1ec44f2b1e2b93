// A realistic result, made from a short table: every origin, outcome and reason occurs.

import type {
  EvidenceRecord,
  RunResult,
  TargetRecord,
  Verdict,
  Yardstick,
} from '../../../src/types/index.ts'
import {
  OPENAI_PAGE,
  type CheckLine,
  CHECKS,
  CONTESTED,
  levelsOf,
  requirementOf,
  requirementId,
  scenarioOf,
} from './sample/checks.ts'
import { DEPARTURES } from './sample/departures.ts'
import { TARGETS, READINESS } from './sample/targets.ts'
import { documentRows } from './sample/documents.ts'

export { sampleExchange } from './sample/exchange.ts'

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
