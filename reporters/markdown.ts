import { emulatedTargetsOf, observedTargetsOf } from '../src/result/rows-marks-and-standing.ts'
import type { Reporter, RunResult } from '../src/types/index.ts'
import { renderCapabilitySection } from './markdown/capabilities.ts'
import { renderClientSection } from './markdown/clients.ts'
import { renderDocumentedSection } from './markdown/documented-promises.ts'
import {
  renderFailureSections,
  renderLatencySection,
  renderMatrixSection,
} from './markdown/observed-matrix.ts'
import { escapeMarkdown as escape } from './common/escape.ts'
import { formatCount } from './common/labels.ts'

const markdown: Reporter = {
  name: 'markdown',
  title: 'matrix.md: the matrix, every failure, and what documents say, for a wiki or a repository',
  render: (run) => ({ 'matrix.md': matrixDocument(run) }),
}

export default markdown

function matrixDocument(run: RunResult): string {
  return `${[
    ['# Responses API conformance', '', ...about(run)],
    renderCapabilitySection(run),
    renderMatrixSection(run),
    renderClientSection(run),
    renderFailureSections(run),
    renderDocumentedSection(run),
    renderLatencySection(run),
  ]
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}

function about(run: RunResult): readonly string[] {
  const aside = emulatedTargetsOf(run).length
  return [
    `${escape(run.suite.name)} ${escape(run.suite.version)}, ${escape(run.run.startedAt)}, run ${escape(run.run.id)}.`,
    ...(run.run.complete
      ? []
      : ['', `**Incomplete**${run.run.incomplete ? `: ${escape(run.run.incomplete)}` : ''}.`]),
    ...(observedTargetsOf(run).length === 0 ? ['', 'Nothing was observed in this run.'] : []),
    ...(aside === 0
      ? []
      : [
          '',
          `${formatCount(aside, 'emulated target')} left out: emulation tests this suite only.`,
        ]),
  ]
}
