import type { Finding } from '../../../src/types/index.ts'
import { REASON_WORDS, YARDSTICK_NAMES } from '../../common/labels.ts'
import type { PageData } from '../page-data-types.ts'
import type { LoadEvidence } from './load-evidence.ts'
import { make, showHidden } from './make-elements.ts'
import type { Child } from './make-elements.ts'
import { createLink, createTag } from './mark-tag-and-links.ts'
import type { PageRow } from '../matrix-model.ts'

/** One row of the result: what was found in one scenario, with its exchanges. */
export function createRowView(
  data: PageData,
  row: PageRow,
  open: boolean,
  loadEvidence: LoadEvidence,
): HTMLElement {
  /** The part in which two texts differ is marked, where they begin alike. */
  const compared = (finding: Finding): readonly HTMLElement[] => {
    const expected = showHidden(finding.expected)
    const actual = showHidden(finding.actual)
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
      finding.message === undefined ? undefined : make('p', {}, showHidden(finding.message)),
      make('div', { class: 'sides' }, compared(finding)),
      make(
        'p',
        { class: 'where' },
        'at ',
        make('code', {}, showHidden(finding.at || '/')),
        `, step ${showHidden(finding.step)}`,
        finding.place === undefined ? '' : `: ${showHidden(finding.place)}`,
      ),
      finding.control === undefined
        ? undefined
        : make('p', { class: 'where' }, 'control: ', showHidden(finding.control)),
      finding.near === undefined
        ? undefined
        : make('pre', { class: 'code near' }, finding.near.map(showHidden).join('\n')),
      finding.contested === undefined
        ? undefined
        : make(
            'p',
            { class: 'contested' },
            make('b', {}, 'Contested. '),
            showHidden(finding.contested),
          ),
    )

  const scenario = data.scenarios[row.scenario]!
  const by = row.yardsticks.map((yardstick) => YARDSTICK_NAMES[yardstick]).join(', ')
  const shown = row.findings.slice(0, 20)
  const evidence = row.evidence.map(([step, evidenceId]) => {
    const place = make('div', { class: 'evidence' })
    const details = make(
      'details',
      { class: 'part' },
      make('summary', {}, `Exchange ${row.evidence.length > 1 ? `“${showHidden(step)}” ` : ''}`),
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
      createTag(row.mark),
      make(
        'span',
        { class: 'scenario' },
        scenario.id === 'every' ? 'every exchange' : showHidden(scenario.id),
      ),
      make('span', { class: 'quiet' }, `${row.level}, by ${by}`),
    ),
    scenario.title === scenario.id
      ? undefined
      : make('p', { class: 'quiet' }, showHidden(scenario.title)),
    row.reason === undefined
      ? undefined
      : make('p', {}, make('b', {}, `${row.reason}: `), REASON_WORDS[row.reason]),
    row.note === undefined ? undefined : make('p', {}, showHidden(row.note)),
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
            : make('blockquote', {}, showHidden(row.claim.words)),
          row.claim.source === undefined
            ? undefined
            : createLink(row.claim.source.title, row.claim.source.url),
        ),
    row.expected === undefined
      ? undefined
      : make(
          'p',
          { class: 'baseline' },
          make('b', {}, 'In the baseline: '),
          showHidden(`${row.expected.reason}, until ${row.expected.expires}`),
        ),
    evidence,
  )
}
