import { compareDocumentRows } from '../src/result/tally-document-rows.ts'
import { featureOf, observedTargetsOf, rowsOf } from '../src/result/rows-marks-and-standing.ts'
import { sortRun } from '../src/result/run-json.ts'
import type { Reporter, RunResult } from '../src/types/index.ts'
import { escapeCsv as field } from './common/escape.ts'
import { disputeOfRow } from './common/failure-report.ts'

const csv: Reporter = {
  name: 'csv',
  title:
    'verdicts.csv and documents.csv: every observed row, and every documented one apart from them',
  render: (run) => ({
    'verdicts.csv': table(VERDICT_COLUMNS, verdictRows(sortRun(run))),
    'documents.csv': table(DOCUMENT_COLUMNS, documentRows(run)),
  }),
}

export default csv

const VERDICT_COLUMNS = [
  'target',
  'name',
  'contract',
  'edition',
  'endpoint',
  'model',
  'origin',
  'feature',
  'check',
  'scenario',
  'yardstick',
  'level',
  'outcome',
  'reason',
  'note',
  'requirements',
  'contested',
  'attempts',
  'passed',
  'step',
  'at',
  'expected',
  'actual',
  'findings',
  'cause',
  'baseline_until',
  'evidence',
] as const

function verdictRows(run: RunResult): readonly (readonly string[])[] {
  return observedTargetsOf(run).flatMap((target) =>
    rowsOf(run, target).map((row) => {
      const finding = row.findings[0]
      return [
        target.id,
        target.name,
        target.contract ?? '',
        target.edition ?? '',
        target.endpoint,
        target.models.text,
        row.origin,
        featureOf(run, row),
        row.check,
        row.scenario,
        row.yardstick,
        row.level,
        row.outcome,
        row.reason ?? '',
        row.note ?? '',
        row.requirements.join(' '),
        disputeOfRow(run, row) ?? '',
        String(row.attempts.made),
        String(row.attempts.passed),
        finding?.step ?? '',
        finding?.at ?? '',
        finding?.expected ?? '',
        finding?.actual ?? '',
        String(row.findings.length),
        row.cause ?? '',
        row.expected?.expires ?? '',
        Object.values(row.evidence).join(' '),
      ]
    }),
  )
}

const DOCUMENT_COLUMNS = [
  'provider',
  'kind',
  'feature',
  'yardstick',
  'status',
  'at',
  'says',
  'expected',
  'actual',
  'quote',
  'level',
  'contested',
  'source',
  'url',
  'edition',
] as const

function documentRows(run: RunResult): readonly (readonly string[])[] {
  return run.documents
    .toSorted(compareDocumentRows)
    .map((row) => [
      row.provider,
      row.kind,
      row.feature,
      row.yardstick ?? '',
      row.status ?? '',
      row.at,
      row.says,
      row.expected ?? '',
      row.actual ?? '',
      row.quote ?? '',
      row.level ?? '',
      row.contested ?? '',
      row.source.title,
      row.source.url,
      row.source.edition ?? '',
    ])
}

function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  return [columns, ...rows].map((row) => `${row.map(field).join(',')}\r\n`).join('')
}
