// The command `compare`: several targets side by side in the needed features, or a relay beside its upstream.

import { formatCurlCommand } from '../../../reporters/common/curl.ts'
import { padEnd, wrapText } from '../../../reporters/common/text-columns.ts'
import { escapeControls } from '../../../reporters/common/escape.ts'
import { failuresOf, type FailureReport } from '../../../reporters/common/failure-report.ts'
import { formatCount, formatThousands, YARDSTICK_NAMES } from '../../../reporters/common/labels.ts'
import {
  faultOf,
  narrowRun,
  needCellOf,
  type Fault,
  type NeedAnswer,
  type NeedCell,
} from '../../result/needs-met-by-target.ts'
import { loadSuites } from '../../plan/load-suites-and-reporters.ts'
import { UsageError } from '../../base/errors.ts'
import { openStore } from '../../evidence/saved-exchanges.ts'
import { findClosestName, createUnknownNameError } from '../../base/closest-name.ts'
import { EXIT, type ExitCode } from '../../result/exit-code.ts'
import type { Exchange, Feature, RunResult, TargetRecord, Yardstick } from '../../types/index.ts'
import { join } from 'node:path'
import { createWatcher } from './run.ts'
import { conductRun } from '../../run/run-and-report.ts'
import { fetchContract } from '../config/fetch-contract.ts'
import { readSetting } from '../config/settings.ts'
import type { RunFlags } from '../../run/options.ts'
import { getEnvironment } from '../../base/current-environment.ts'

export interface CompareFlags extends RunFlags {
  readonly needs?: readonly string[]
  readonly control?: string
  readonly by: Yardstick
  readonly format: 'text' | 'json'
}

/** What people say, and the suite that asks it. */
const SYNONYMS: Readonly<Record<string, Feature>> = {
  tools: 'tool',
  'function-calling': 'tool',
  images: 'image',
  vision: 'image',
  files: 'file',
  pdf: 'file',
  json: 'structured-output',
  'json-schema': 'structured-output',
  streams: 'streaming',
  state: 'stateful',
  'multi-turn': 'stateful',
  messages: 'message-style',
}

const DEFAULT_NEEDS = ['basic', 'tool', 'structured-output', 'stateful', 'streaming']

const CONTROL = 'control'

export async function executeCompare(
  ids: readonly string[],
  given: CompareFlags,
): Promise<ExitCode> {
  const needs = needsOf(
    given.needs ?? DEFAULT_NEEDS,
    (await loadSuites()).map(({ feature }) => feature),
  )
  const control = given.control === undefined ? [] : [`${CONTROL}=${given.control}`]
  const { flags, targets } = await readSetting(ids, {
    ...(await fetchContract(given)),
    gate: [given.by],
    suite: needs,
    target: [...(given.target ?? []), ...control],
  })
  if (targets.length < 2) {
    throw new UsageError(
      'Name at least two targets: ids, names of the configuration, or --target name=URL,model=M; or one and --control',
    )
  }
  const conducted = await conductRun(
    targets,
    { ...flags, out: flags.out ?? 'results/compare' },
    {
      signal: getEnvironment().listenForStop(),
      ...(flags.quiet === true ? {} : { watch: createWatcher(flags) }),
    },
  )
  const run = narrowRun(conducted.result, needs, given.by)
  const compared = compare(run, needs, given.by)
  const evidence = openStore(join(conducted.out, 'evidence')).load
  getEnvironment().stdout.write(
    given.format === 'json'
      ? `${JSON.stringify({ needs, by: given.by, targets: compared.map(asJson) }, null, 2)}\n`
      : `${asText(compared, needs, given, evidence).join('\n')}\n\nResults: ${conducted.out}\n`,
  )
  const fatal: readonly ExitCode[] = [EXIT.secret, EXIT.harness, EXIT.usage, EXIT.budget]
  if (fatal.includes(conducted.exitCode)) return conducted.exitCode
  const met = compared
    .filter(({ target }) => target.id !== CONTROL)
    .flatMap(({ cells }) => cells.map(({ cell }) => cell.met))
  if (met.includes('no') || met.includes('refused')) return EXIT.fails
  return met.includes('unknown') || !run.run.complete ? EXIT.incomplete : EXIT.conforms
}

/** `tools,stateful` or several words; each a suite or what people call it. */
function needsOf(words: readonly string[], suites: readonly Feature[]): readonly Feature[] {
  const named = words.flatMap((word) => word.split(',')).filter((word) => word !== '')
  const known = [...suites, ...Object.keys(SYNONYMS)]
  return [
    ...new Set(
      named.map((word) => {
        if (suites.includes(word)) return word
        if (Object.hasOwn(SYNONYMS, word)) return SYNONYMS[word]!
        const guess = findClosestName(word, known)
        throw createUnknownNameError(
          'need',
          word,
          guess === undefined ? [] : [guess],
          `There are: ${suites.join(', ')}`,
        )
      }),
    ),
  ]
}

// ── what is told ─────────────────────────────────────────────────────────────

interface Compared {
  readonly target: TargetRecord
  readonly cells: readonly { readonly need: Feature; readonly cell: NeedCell }[]
  readonly blockers: readonly { readonly failure: FailureReport; readonly fault?: Fault }[]
}

function compare(run: RunResult, needs: readonly Feature[], by: Yardstick): readonly Compared[] {
  const control = run.targets.find(({ id }) => id === CONTROL)
  return run.targets.map((target) => ({
    target,
    cells: needs.map((need) => ({ need, cell: needCellOf(run, target, need, by) })),
    blockers: failuresOf(run, target).map((failure) => ({
      failure: failure,
      ...(control === undefined || target === control
        ? {}
        : { fault: faultOf(run, failure.group.first, control) }),
    })),
  }))
}

function asJson({ target, cells, blockers }: Compared) {
  return {
    target: target.id,
    endpoint: target.endpoint,
    model: target.models.text,
    needs: Object.fromEntries(cells.map(({ need, cell }) => [need, cell])),
    blockers: blockers.map(
      ({ failure: { group, sentence, finding, evidence, impact }, fault }) => ({
        check: group.check,
        sentence,
        finding,
        impact,
        evidence,
        fault,
      }),
    ),
    latency: target.latency,
    usage: target.usage,
  }
}

const MARKS: Readonly<Record<NeedAnswer, string>> = {
  yes: '✓',
  weakly: '◐',
  no: '✗',
  refused: '✗',
  unknown: '?',
}

const FAULTS: Readonly<Record<Fault, string>> = {
  ours: "the relay's: what stands behind it does this right",
  upstream: "the upstream's: it fails there, too",
  unknown: 'whose it is cannot be told: the upstream could not be judged on it',
}

const WIDTH = 100
/** Blockers of one target that a person reads. */
const MOST_BLOCKERS = 5

function asText(
  compared: readonly Compared[],
  needs: readonly Feature[],
  { by, verbose = false }: CompareFlags,
  evidence: (id: string) => Exchange | undefined,
): readonly string[] {
  const width = Math.max(...needs.map((need) => need.length), 'first event'.length)
  const columns = compared.map(({ target }) => Math.max(target.id.length, 12) + 2)
  const row = (name: string, texts: readonly string[]): string =>
    `  ${padEnd(name, width + 2)}${texts.map((text, index) => padEnd(text, columns[index]!)).join('')}`.trimEnd()
  return [
    row(
      '',
      compared.map(({ target }) => target.id),
    ),
    ...needs.map((need, index) =>
      row(
        need,
        compared.map(({ cells }) => cellText(cells[index]!.cell)),
      ),
    ),
    '',
    `  ✓ meets every must and should of ${YARDSTICK_NAMES[by]} · ◐ musts only · ✗ fails or declines · ? could not be judged`,
    '  k/n: passed of applicable musts',
    ...compared.flatMap((each) => blockersText(each, verbose, evidence)),
    '',
    'For information, no part of a judgement:',
    row(
      '',
      compared.map(({ target }) => target.id),
    ),
    row(
      'first event',
      compared.map(({ target }) => ms(target.latency?.firstEventMs?.median)),
    ),
    row(
      'answer',
      compared.map(({ target }) => ms(target.latency?.totalMs?.median)),
    ),
    row(
      'requests',
      compared.map(({ target }) => formatThousands(target.usage.requests)),
    ),
    row(
      'tokens',
      compared.map(({ target: { usage } }) =>
        formatThousands(usage.inputTokens + usage.outputTokens),
      ),
    ),
  ]
}

function cellText({ met, passed, of }: NeedCell): string {
  return met === 'refused' ? `${MARKS[met]} declined` : `${MARKS[met]} ${passed}/${of}`
}

function ms(value: number | undefined): string {
  return value === undefined ? '–' : `${Math.round(value)} ms`
}

function blockersText(
  { target, cells, blockers }: Compared,
  verbose: boolean,
  evidence: (id: string) => Exchange | undefined,
): readonly string[] {
  const declined = cells.filter(({ cell }) => cell.met === 'refused').map(({ need }) => need)
  if (blockers.length + declined.length === 0) return []
  const shown = verbose ? blockers : blockers.slice(0, MOST_BLOCKERS)
  const said = (text: string, indent: string): readonly string[] =>
    wrapText(escapeControls(text), WIDTH - indent.length).map((line) => indent + line)
  return [
    '',
    `${target.id}: ${[
      ...(blockers.length === 0 ? [] : [formatCount(blockers.length, 'blocker')]),
      ...(declined.length === 0 ? [] : [`declines ${declined.join(', ')}`]),
    ].join('; ')}`,
    ...shown.flatMap(({ failure, fault }) => {
      const exchange = failure.evidence
        .map(({ id }) => evidence(id))
        .find((each) => each !== undefined)
      const curl = exchange === undefined ? undefined : formatCurlCommand(target, exchange.request)
      return [
        '',
        ...said(`✗ ${failure.sentence} (${failure.group.check})`, '  '),
        ...(failure.finding === undefined
          ? []
          : said(
              `at ${failure.finding.at || '/'}: expected ${failure.finding.expected}, got ${failure.finding.actual}`,
              '    ',
            )),
        ...said(`impact: ${failure.impact}`, '    '),
        ...(fault === undefined ? [] : said(FAULTS[fault], '    ')),
        ...failure.sources
          .slice(0, 1)
          .map(({ title, url }) => `    ${escapeControls(title)}: ${escapeControls(url)}`),
        ...(curl === undefined
          ? []
          : [
              '    For their support, the request:',
              ...curl.split('\n').map((line) => `      ${escapeControls(line)}`),
            ]),
      ]
    }),
    ...(shown.length < blockers.length
      ? [
          '',
          `  … and ${blockers.length - shown.length} more (--verbose, or the report in the results)`,
        ]
      : []),
  ]
}
