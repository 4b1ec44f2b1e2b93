// Runs in the page, from its text: a function here may use nothing but its arguments.

import type { Finding } from '../../../src/types/index.ts'
import type { PageData } from '../page-data.ts'
import type { LoadEvidence } from './evidence.ts'
import type { Child, ElementMaker } from './make.ts'
import type { PageRow } from './model.ts'

interface Tools {
  readonly make: ElementMaker
  readonly visible: (text: string) => string
  readonly loadEvidence: LoadEvidence
  readonly tag: (row: Pick<PageRow, 'mark'>) => HTMLElement
  readonly link: (title: string, url: string) => HTMLElement
}

/** One row of the result: what was found in one scenario, with its exchanges. */
export function createRowView(
  { make, visible, loadEvidence, tag, link }: Tools,
  data: PageData,
  row: PageRow,
  open: boolean,
): HTMLElement {
  const words = data.words

  /** The part in which two texts differ is marked, where they begin alike. */
  const compared = (finding: Finding): readonly HTMLElement[] => {
    const expected = visible(finding.expected)
    const actual = visible(finding.actual)
    let at = 0
    while (at < expected.length && expected[at] === actual[at]) at += 1
    const alike = at >= 8 && at * 3 >= Math.min(expected.length, actual.length)
    const side = (text: string): readonly Child[] =>
      alike
        ? [text.slice(0, at), make('mark', {}, text.slice(at, at + 80)), text.slice(at + 80)]
        : [text]
    return [
      make(
        'div',
        { class: 'side' },
        make('b', {}, 'Expected'),
        make('code', {}, ...side(expected)),
      ),
      make('div', { class: 'side' }, make('b', {}, 'Actual'), make('code', {}, ...side(actual))),
    ]
  }

  const findingView = (finding: Finding): HTMLElement =>
    make(
      'div',
      { class: 'finding' },
      finding.message === undefined ? undefined : make('p', {}, visible(finding.message)),
      make('div', { class: 'sides' }, compared(finding)),
      make(
        'p',
        { class: 'where' },
        'at ',
        make('code', {}, visible(finding.at || '/')),
        `, step ${visible(finding.step)}`,
        finding.place === undefined ? '' : `: ${visible(finding.place)}`,
      ),
      finding.near === undefined
        ? undefined
        : make('pre', { class: 'code near' }, finding.near.map(visible).join('\n')),
      finding.contested === undefined
        ? undefined
        : make(
            'p',
            { class: 'contested' },
            make('b', {}, 'Contested. '),
            visible(finding.contested),
          ),
    )

  const scenario = data.scenarios[row.scenario]!
  const by = row.yardsticks.map((yardstick) => words.yardsticks[yardstick]).join(', ')
  const shown = row.findings.slice(0, 20)
  const evidence = row.evidence.map(([step, evidenceId]) => {
    const place = make('div', { class: 'evidence' })
    const details = make(
      'details',
      { class: 'part' },
      make('summary', {}, `Exchange ${row.evidence.length > 1 ? `“${visible(step)}” ` : ''}`),
      place,
    )
    details.addEventListener('toggle', () => {
      if (details.open && place.childElementCount === 0)
        loadEvidence(
          place,
          evidenceId,
          row.findings.filter((finding) => finding.step === step),
          row.target,
        )
    })
    if (open && row.outcome !== 'pass' && row.findings.some((finding) => finding.step === step))
      details.open = true
    return details
  })
  return make(
    'details',
    { class: 'row', open },
    make(
      'summary',
      {},
      tag(row),
      make(
        'span',
        { class: 'scenario' },
        scenario.id === 'every' ? 'every exchange' : visible(scenario.id),
      ),
      make('span', { class: 'quiet' }, `${row.level}, by ${by}`),
    ),
    scenario.title === scenario.id
      ? undefined
      : make('p', { class: 'quiet' }, visible(scenario.title)),
    row.reason === undefined
      ? undefined
      : make('p', {}, make('b', {}, `${row.reason}: `), words.reasons[row.reason]),
    row.note === undefined ? undefined : make('p', {}, visible(row.note)),
    row.made > 1 ? make('p', {}, `Passed ${row.passed} of ${row.made} attempts.`) : undefined,
    shown.map(findingView),
    row.findings.length > shown.length
      ? make('p', {}, `… and ${row.findings.length - shown.length} more findings.`)
      : undefined,
    row.claim === undefined
      ? undefined
      : make(
          'div',
          { class: 'claim' },
          make(
            'b',
            {},
            `Own documents: ${row.claim.status === 'silent' ? 'not mentioned' : row.claim.status}`,
          ),
          row.claim.words === undefined
            ? undefined
            : make('blockquote', {}, visible(row.claim.words)),
          row.claim.source === undefined
            ? undefined
            : link(row.claim.source.title, row.claim.source.url),
        ),
    row.expected === undefined
      ? undefined
      : make(
          'p',
          { class: 'baseline' },
          make('b', {}, 'In the baseline: '),
          visible(`${row.expected.reason}, until ${row.expected.expires}`),
        ),
    evidence,
  )
}
