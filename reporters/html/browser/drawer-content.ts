import { MARKS } from '../../../src/result/rows-marks-and-standing.ts'
import type { Yardstick } from '../../../src/types/index.ts'
import { formatImpact } from '../../common/failure-report.ts'
import { MARK_WORDS, REASON_WORDS, YARDSTICK_NAMES } from '../../common/labels.ts'
import type { LoadEvidence } from './load-evidence.ts'
import { createCopyButton, make, showHidden } from './make-elements.ts'
import type { Child } from './make-elements.ts'
import type { Model, PageRow } from '../matrix-model.ts'
import { createRowView } from './verdict-details.ts'
import { createLink, createTag } from './mark-tag-and-links.ts'

interface Actions {
  readonly loadEvidence: LoadEvidence
  /** A link to another cell of the same target. */
  readonly cellLink: (target: number, id: string, label: string) => HTMLElement
}

/** What one cell has to tell: a check of a target, or what is below a feature or family. */
export function createDrawerView(
  { loadEvidence, cellLink }: Actions,
  model: Model,
  id: string,
  target: number,
  lens: Yardstick,
): readonly HTMLElement[] {
  const { data } = model
  const rows = model.under(id, target)
  const checkIndex = data.checks.findIndex((check) => check.id === id)

  const entry = (term: string, ...value: readonly (Child | readonly Child[])[]): HTMLElement =>
    make('div', { class: 'entry' }, make('dt', {}, term), make('dd', {}, ...value))

  const inOrder = (list: readonly PageRow[]): readonly PageRow[] =>
    list.toSorted((a, b) => MARKS.indexOf(a.mark) - MARKS.indexOf(b.mark))

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
          return createTag(mark, `${number} ${MARK_WORDS[mark].name}`)
        }),
      ),
      make(
        'ul',
        { class: 'reasons' },
        reasons.map((reason) => {
          const number = below.filter((row) => row.reason === reason).length
          return make('li', {}, `${number} ${reason}: ${REASON_WORDS[reason]}`)
        }),
      ),
      make('p', { class: 'quiet' }, `By ${YARDSTICK_NAMES[lens]}, worst first.`),
      make(
        'ul',
        { class: 'below' },
        [...byCheck].map(([check, found]) =>
          make(
            'li',
            {},
            createTag(found[0]!.mark),
            cellLink(target, data.checks[check]!.id, data.checks[check]!.id),
            make(
              'span',
              { class: 'quiet' },
              showHidden(
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
  // A check of every exchange is repeated where it failed.
  const failing = inOrder(rows).find((row) => row.findings.length > 0)
  const [scenario, step] = failing?.findings[0]?.step.split('#') ?? []
  const where = step === undefined ? '' : ` --scenario ${scenario}`
  const repeat = `${record.repeat} ${id}${where}`
  const lensTags = data.yardsticks.flatMap((yardstick) => {
    const found = inOrder(model.under(id, target, yardstick))
    return found[0] === undefined
      ? []
      : [
          createTag(
            found[0].mark,
            `${YARDSTICK_NAMES[yardstick]}: ${MARK_WORDS[found[0].mark].name}`,
          ),
        ]
  })
  const sorted = inOrder(rows)
  return [
    make('p', { class: 'truth' }, showHidden(check.title)),
    make('p', { class: 'tags' }, lensTags),
    make(
      'dl',
      {},
      entry('Impact', formatImpact(check.breaks)),
      record.stale === undefined ? undefined : entry('Age', `${record.stale}, stale`),
      cause === undefined
        ? undefined
        : entry(
            'Likely cause',
            showHidden(cause.title),
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
          showHidden(requirement.statement),
          make(
            'span',
            { class: 'sources' },
            ' ',
            make('code', {}, requirement.id),
            ' ',
            requirement.sources.flatMap(({ title, url }) => [createLink(title, url), ' ']),
          ),
          requirement.contested === undefined
            ? ''
            : make(
                'p',
                { class: 'contested' },
                make('b', {}, 'Contested. '),
                showHidden(requirement.contested),
              ),
        ),
      ),
      entry('Judges', kindWords()),
      data.replies
        .filter((reply) => reply.target === target && reply.check === checkIndex)
        .map((reply) =>
          entry(
            'Reply',
            make('blockquote', {}, showHidden(reply.words)),
            showHidden(`${reply.by}, ${reply.date}, ${reply.state} `),
            reply.url === undefined ? '' : createLink(reply.url, reply.url),
          ),
        ),
    ),
    ...sorted.map((row, index) => createRowView(data, row, index === 0, loadEvidence)),
    make(
      'div',
      { class: 'commands' },
      make('b', {}, 'See it again'),
      make('pre', { class: 'code', tabindex: '0' }, repeat),
      createCopyButton(repeat, 'Copy the command'),
    ),
  ]

  function kindWords(): string {
    if (check.kind === 'wire') return 'the bytes, whatever the model says'
    if (check.kind === 'forced') return 'an answer in which the model has no choice'
    return 'an answer for which the model has to cooperate'
  }
}
