import { matrixOf } from '../src/result/cells/compute-matrix.ts'
import { serializeVisibly } from '../src/result/run-json.ts'
import type { Reporter, ReportContext, RunResult } from '../src/types/index.ts'
import { escapeCsv } from './common/escape.ts'
import { listToldColumns, titleOfColumn } from './common/matrix-words.ts'
import { createPaint } from './terminal/paint.ts'
import { renderMatrixScreen } from './terminal/capabilities.ts'

const capabilities: Reporter = {
  name: 'capabilities',
  title:
    'capabilities.txt, .csv, .json: what can be relied on, promised and kept, for a person, a sheet, a program',
  render: (run, context) => ({
    'capabilities.txt': `${screen(run, context).join('\n')}\n`,
    'capabilities.csv': table(run),
    'capabilities.json': serializeVisibly({
      format: 'responses-conformance/capabilities/1',
      run: run.run.id,
      ...matrixOf(run),
    }),
  }),
}

export default capabilities

function screen(run: RunResult, { color = false, width = 100 }: ReportContext): readonly string[] {
  const matrix = matrixOf(run)
  const columns = listToldColumns(matrix)
  if (columns.length === 0) return ['Nothing was asked, and no documents were read.']
  const look = createPaint(color)
  return renderMatrixScreen(run, matrix, columns, { look, width: Math.max(60, width) })
}

const COLUMNS = [
  'target',
  'name',
  'version',
  'behind',
  'kind',
  'feature',
  'capability',
  'question',
  'kept',
  'why',
  'rule',
  'promised',
  'broken',
  'at',
  'quote',
  'url',
  'evidence',
] as const

function table(run: RunResult): string {
  const matrix = matrixOf(run)
  const rows = listToldColumns(matrix).flatMap((column) => {
    const title = titleOfColumn(run, column)
    return matrix.capabilities.map(({ id, feature, question }) => {
      const { kept, promised, isBroken } = column.cells.find((cell) => cell.capability === id) ?? {}
      return [
        title.id,
        title.name,
        title.version,
        title.behind,
        title.kind,
        feature,
        id,
        question,
        kept?.state ?? '',
        kept?.why ?? '',
        kept?.rule ?? '',
        promised?.state ?? '',
        isBroken === true ? 'broken' : '',
        promised?.at ?? '',
        promised?.quote ?? promised?.says ?? '',
        promised?.source?.url ?? '',
        [...new Set(kept?.rows.flatMap(({ evidence }) => evidence ?? []))].join(' '),
      ]
    })
  })
  return [COLUMNS, ...rows].map((row) => `${row.map(escapeCsv).join(',')}\r\n`).join('')
}
