// Runs in the page, from its text: a function here may use nothing but its arguments.

import type { Yardstick } from '../../../src/types/index.ts'
import type { LoadEvidence } from './evidence.ts'
import type { Child, createCopyButton, ElementMaker } from './make.ts'
import type { Model, PageRow } from './model.ts'
import type { createRowView } from './row.ts'

interface Tools {
  readonly make: ElementMaker
  readonly copyButton: typeof createCopyButton
  readonly visible: (text: string) => string
  readonly loadEvidence: LoadEvidence
  readonly rowView: typeof createRowView
  /** A link to another cell of the same target. */
  readonly cellLink: (target: number, id: string, label: string) => HTMLElement
}

/** What one cell has to tell: a check of a target, or what is below a feature or family. */
export function createDrawerView(
  { make, copyButton, visible, loadEvidence, cellLink, rowView }: Tools,
  model: Model,
  id: string,
  target: number,
  lens: Yardstick,
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

  const urgency = ['breaks', 'specification', 'warn', 'inconclusive', 'pass', 'not-applicable']
  const inOrder = (list: readonly PageRow[]): readonly PageRow[] =>
    list.toSorted((a, b) => urgency.indexOf(a.mark) - urgency.indexOf(b.mark))

  if (checkIndex < 0) {
    // A feature or family: what is below it by this lens, worst first.
    const below = inOrder(model.under(id, target, lens))
    const byCheck = new Map<number, PageRow[]>()
    for (const row of below) byCheck.set(row.check, [...(byCheck.get(row.check) ?? []), row])
    const marks = [...new Set(below.map((row) => row.mark))]
    const reasons = [...new Set(below.map((row) => row.reason))].filter(
      (reason) => reason !== undefined,
    )
    return [
      make(
        'p',
        { class: 'tags' },
        marks.map((mark) => {
          const number = below.filter((row) => row.mark === mark).length
          return tag({ mark }, `${number} ${words.marks[mark].name}`)
        }),
      ),
      make(
        'ul',
        { class: 'reasons' },
        reasons.map((reason) => {
          const number = below.filter((row) => row.reason === reason).length
          return make('li', {}, `${number} ${reason}: ${words.reasons[reason]}`)
        }),
      ),
      make('p', { class: 'quiet' }, `By ${words.yardsticks[lens]}, worst first.`),
      make(
        'ul',
        { class: 'below' },
        [...byCheck].map(([check, found]) =>
          make(
            'li',
            {},
            tag(found[0]!),
            cellLink(target, data.checks[check]!.id, data.checks[check]!.id),
            make(
              'span',
              { class: 'quiet' },
              visible(
                found[0]!.findings[0]?.message ?? found[0]!.note ?? data.checks[check]!.title,
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
  const repeat = `${record.repeat} ${id}`
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
            check.breaks.flatMap(({ client, effect }, index) => [
              index === 0 ? '' : ' · ',
              `${client}: `,
              make('b', {}, effect),
            ]),
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
    ...sorted.map((row, index) =>
      rowView({ make, visible, loadEvidence, tag, link }, data, row, index === 0),
    ),
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
