// Runs in the page, from its text: a function here may use nothing but its arguments.

import type { Finding } from '../../../src/types.ts'
import type { Child, copyButton, Make } from './make.ts'
import type { Model, PageRow } from './model.ts'

interface Tools {
  readonly make: Make
  readonly copyButton: typeof copyButton
  readonly visible: (text: string) => string
  /** Fills a place with the exchange of an evidence id. */
  readonly loadEvidence: (
    place: HTMLElement,
    id: string,
    findings: readonly Finding[],
    target: number,
  ) => void
  /** A link to another cell of the same target. */
  readonly cellLink: (target: number, id: string, label: string) => HTMLElement
}

/** What one cell has to tell: a check of a target, or what is below a feature or family. */
export function drawerView(
  { make, copyButton, visible, loadEvidence, cellLink }: Tools,
  model: Model,
  id: string,
  target: number,
): readonly HTMLElement[] {
  const { data } = model
  const words = data.words
  const rows = model.under(id, target)
  const checkIndex = data.checks.findIndex((check) => check.id === id)

  const tag = (row: Pick<PageRow, 'mark'>, text?: string): HTMLElement =>
    make(
      'span',
      { class: `tag m-${row.mark}` },
      `${words.marks[row.mark].glyph} ${text ?? words.marks[row.mark].name}`,
    )

  const link = (title: string, url: string): HTMLElement =>
    /^https?:\/\//.test(url)
      ? make('a', { href: url, rel: 'noreferrer', target: '_blank' }, visible(title))
      : make('span', {}, visible(title))

  const entry = (term: string, ...value: readonly (Child | readonly Child[])[]): HTMLElement =>
    make('div', { class: 'entry' }, make('dt', {}, term), make('dd', {}, ...value))

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

  const rowView = (row: PageRow, open: boolean): HTMLElement => {
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
            target,
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
        make('span', { class: 'scenario' }, visible(scenario.id)),
        make('span', { class: 'quiet' }, `${row.level}, by ${by}`),
      ),
      make('p', { class: 'quiet' }, visible(scenario.title)),
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

  const urgency = ['fail', 'warn', 'inconclusive', 'pass', 'not-applicable']
  const inOrder = (list: readonly PageRow[]): readonly PageRow[] =>
    list.toSorted((a, b) => urgency.indexOf(a.outcome) - urgency.indexOf(b.outcome))

  if (checkIndex < 0) {
    // A feature or family: what is below it, worst first.
    const byCheck = new Map<number, PageRow[]>()
    for (const row of inOrder(rows))
      byCheck.set(row.check, [...(byCheck.get(row.check) ?? []), row])
    return [
      make('p', {}, `${byCheck.size} checks, worst first.`),
      make(
        'ul',
        { class: 'below' },
        [...byCheck].map(([check, below]) =>
          make(
            'li',
            {},
            tag(below[0]!),
            cellLink(target, data.checks[check]!.id, data.checks[check]!.id),
            make(
              'span',
              { class: 'quiet' },
              visible(
                below[0]!.findings[0]?.message ?? below[0]!.note ?? data.checks[check]!.title,
              ),
            ),
          ),
        ),
      ),
    ]
  }

  const check = data.checks[checkIndex]!
  const requirements = (data.requires[checkIndex] ?? []).map((index) => data.requirements[index]!)
  const cause = rows.find((row) => row.cause !== undefined)?.cause
  const sameCause =
    cause === undefined
      ? []
      : [
          ...new Set(
            model.rows
              .filter((row) => row.target === target && row.cause?.id === cause.id)
              .map((row) => data.checks[row.check]!.id),
          ),
        ].filter((other) => other !== id)
  const record = data.targets[target]!
  const repeat = `${record.repeat} --only ${id}`
  const lensTags = data.yardsticks.flatMap((yardstick) => {
    const found = inOrder(model.under(id, target, yardstick))
    return found[0] === undefined
      ? []
      : [tag(found[0], `${words.yardsticks[yardstick]}: ${words.marks[found[0].mark].name}`)]
  })
  const sorted = inOrder(rows)
  return [
    make('p', { class: 'truth' }, visible(check.title)),
    make('p', { class: 'tags' }, lensTags),
    make(
      'dl',
      {},
      check.breaks.length === 0
        ? undefined
        : entry(
            'Breaks',
            make(
              'ul',
              { class: 'plain' },
              check.breaks.map(({ client, effect }) =>
                make('li', {}, `${client}: `, make('b', {}, effect)),
              ),
            ),
          ),
      record.stale === undefined ? undefined : entry('Age', `${record.stale}, stale`),
      cause === undefined
        ? undefined
        : entry(
            'Likely cause',
            visible(cause.title),
            sameCause.length === 0
              ? ''
              : make(
                  'span',
                  { class: 'same' },
                  ' Same cause: ',
                  sameCause.slice(0, 12).flatMap((other) => [cellLink(target, other, other), ' ']),
                ),
          ),
      requirements.map((requirement) =>
        entry(
          'Requirement',
          visible(requirement.statement),
          make(
            'span',
            { class: 'sources' },
            ' ',
            make('code', {}, requirement.id),
            ' ',
            requirement.sources.flatMap(({ title, url }) => [link(title, url), ' ']),
          ),
          requirement.contested === undefined
            ? ''
            : make(
                'p',
                { class: 'contested' },
                make('b', {}, 'Contested. '),
                visible(requirement.contested),
              ),
        ),
      ),
      entry('Judges', kindWords()),
      data.replies
        .filter((reply) => reply.target === target && reply.check === checkIndex)
        .map((reply) =>
          entry(
            'Reply',
            make('blockquote', {}, visible(reply.words)),
            visible(`${reply.by}, ${reply.date}, ${reply.state} `),
            reply.url === undefined ? '' : link(reply.url, reply.url),
          ),
        ),
    ),
    ...sorted.map((row, index) => rowView(row, index === 0)),
    make(
      'div',
      { class: 'commands' },
      make('b', {}, 'See it again'),
      make('pre', { class: 'code', tabindex: '0' }, repeat),
      copyButton(make, repeat, 'Copy the command'),
    ),
  ]

  function kindWords(): string {
    if (check.kind === 'wire') return 'the bytes, whatever the model says'
    if (check.kind === 'forced') return 'an answer in which the model has no choice'
    return 'an answer for which the model has to cooperate'
  }
}
