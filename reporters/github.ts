import { emulated, observed } from '../src/result/summary.ts'
import type { Reporter, RunResult, TargetRecord } from '../src/types/index.ts'
import { matrixSection } from './markdown/observed.ts'
import { cut, markdown, markdownCode, workflow, xml } from './common/escape.ts'
import { byWhom, failures, warnings } from './common/failure-report.ts'
import type { Telling } from './common/failure-report.ts'
import { count, MARK_WORDS, standingText, YARDSTICK_NAMES } from './common/labels.ts'

/** GitHub shows ten annotations of a kind for a step, and drops the rest. */
const SHOWN = 10

const github: Reporter = {
  name: 'github',
  title:
    'github/annotations.txt, to be printed in a job, and github/summary.md, for $GITHUB_STEP_SUMMARY',
  render: (run) => ({
    'github/annotations.txt': annotations(run),
    'github/summary.md': summary(run),
  }),
}

export default github

function annotations(run: RunResult): string {
  const told = [...observed(run), ...emulated(run)].flatMap((target) => [
    ...failures(run, target).map((telling) => ({
      target,
      telling,
      kind: decides(target, telling) ? ('error' as const) : ('warning' as const),
    })),
    ...warnings(run, target).map((telling) => ({ target, telling, kind: 'notice' as const })),
  ])
  const lines = (['error', 'warning', 'notice'] as const).flatMap((kind) =>
    told
      .filter((each) => each.kind === kind)
      .slice(0, SHOWN)
      .map(({ target, telling }) => {
        const title = `${target.name}: ${telling.group.check}`
        return `::${kind} title=${workflow(title, 'property')}::${workflow(message(telling), 'message')}`
      }),
  )
  const incomplete = run.run.complete
    ? []
    : [
        `::warning title=Incomplete::${workflow(run.run.incomplete ?? 'The run did not end.', 'message')}`,
      ]
  return [...incomplete, ...lines, ''].join('\n')
}

/** Whether this failure decides the exit code. */
function decides(target: TargetRecord, { group }: Telling): boolean {
  return group.rows.some((row) => target.gate.includes(row.yardstick) && row.expected === undefined)
}

function message(telling: Telling): string {
  const { finding, where } = telling
  return [
    telling.sentence,
    ...(finding === undefined
      ? []
      : [`expected ${cut(finding.expected, 200)}`, `actual ${cut(finding.actual, 200)}`]),
    ...(where === undefined ? [] : [`where ${where}`]),
    `impact ${telling.impact}`,
    `repeat ${telling.repeat}`,
  ].join('\n')
}

function summary(run: RunResult): string {
  return [
    '# Responses API conformance',
    '',
    ...(run.run.complete
      ? []
      : [`**Incomplete**: ${markdown(run.run.incomplete ?? 'the run did not end')}.`, '']),
    ...[...observed(run), ...emulated(run)].flatMap((target) => [
      ...targetSummary(run, target),
      '',
    ]),
    ...matrixSection(run),
    '',
    `${markdown(run.suite.name)} ${markdown(run.suite.version)}, run ${markdown(run.run.id)}.`,
    '',
  ].join('\n')
}

function targetSummary(run: RunResult, target: TargetRecord): readonly string[] {
  const all = failures(run, target)
  const gate = target.gate.map((yardstick) => YARDSTICK_NAMES[yardstick]).join(', ') || 'nothing'
  const origin =
    target.origin === 'emulated' ? 'emulated, a test of this suite only' : target.origin
  return [
    `## ${markdown(target.name)}: ${markdown(standingText(run, target))}`,
    '',
    `${origin}, gated by ${gate}, ${count(all.length, 'failing check')}.`,
    ...all
      .slice(0, 30)
      .flatMap((telling) => [
        '',
        `<details><summary>${MARK_WORDS[telling.group.mark].glyph} ${xml(telling.group.check)} (${byWhom(telling.group)}): ${xml(telling.sentence)}</summary>`,
        '',
        ...detail(telling),
        '',
        '</details>',
      ]),
    ...(all.length > 30 ? ['', `… and ${all.length - 30} more, in the report.`] : []),
  ]
}

function detail(telling: Telling): readonly string[] {
  const { finding } = telling
  const point = (label: string, value: string | undefined): readonly string[] =>
    value === undefined ? [] : [`- ${label}: ${value}`]
  return [
    ...point('expected', finding && markdownCode(cut(finding.expected, 400))),
    ...point('actual', finding && markdownCode(cut(finding.actual, 400))),
    ...point('where', telling.where && markdownCode(telling.where)),
    ...point('impact', markdown(telling.impact)),
    ...point('likely', telling.cause && markdown(telling.cause.title)),
    ...point('repeat', markdownCode(telling.repeat)),
  ]
}
