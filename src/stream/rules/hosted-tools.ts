// Progress of hosted tools, citations, and the names of raw reasoning.

import { field, show } from '../../base/json.ts'
import type { Json } from '../../types/index.ts'
import { differences } from '../../base/json-diff.ts'
import type { Mistake } from '../finding.ts'
import { PHASES, ROLES } from '../event-types.ts'
import { doneItem, named } from './items.ts'
import { partName } from './parts.ts'
import { channelsOf, typeOf } from '../timeline.ts'
import type { Item, Part, Story } from '../timeline.ts'

export function hosted({ items }: Story): readonly Mistake[] {
  return items.flatMap((item) => [
    ...phases(item),
    ...images(item),
    ...item.parts.flatMap((part) => annotations(item, part)),
    ...reasoningNames(item),
  ])
}

function phases(item: Item): readonly Mistake[] {
  const groups = PHASES.get(item.type ?? '')
  if (groups === undefined || item.phases.length === 0) return []
  const mistakes: Mistake[] = []
  const expected = `${groups.map((names) => names.join(' or ')).join(', ')} in this order`
  let reached = -1
  for (const event of item.phases) {
    const role = ROLES.get(typeOf(event))
    if (role?.role !== 'phase') continue
    if (role.item !== item.type) {
      const actual = `${typeOf(event)} for ${named(item)}`
      mistakes.push({ law: 'hosted-phases', event, expected, actual })
      continue
    }
    const last = groups.length - 1
    if (role.rank < reached || (role.rank === last && reached === last)) {
      mistakes.push({
        law: 'hosted-phases',
        event,
        expected,
        actual: `${typeOf(event)} after ${groups[reached]!.join(' or ')}`,
      })
    }
    reached = Math.max(reached, role.rank)
  }
  const event = item.done[0]
  const status = doneItem(item)?.['status']
  const ended = status === undefined || status === 'completed'
  if (event !== undefined && ended && reached < groups.length - 1) {
    mistakes.push({
      law: 'hosted-phases',
      event,
      expected,
      actual: `${named(item)} done without ${groups.at(-1)!.join(' or ')}`,
      lost: [item.first.index, event.index],
    })
  }
  return mistakes
}

function images(item: Item): readonly Mistake[] {
  const partial = item.phases.filter((event) => typeOf(event).endsWith('.partial_image'))
  return partial.flatMap((event, index): readonly Mistake[] => {
    const told = field(event.data, '/partial_image_index')
    return told === index
      ? []
      : [
          {
            law: 'partial-images',
            event,
            pointer: '/partial_image_index',
            expected: `partial_image_index ${index}: from 0, by 1`,
            actual: show(told),
            same: 'index',
          },
        ]
  })
}

function annotations(item: Item, part: Part): readonly Mistake[] {
  if (part.annotations.length === 0) return []
  const closed = part.closed[0]
  const told =
    field(closed?.data, '/part/annotations') ??
    field(doneItem(item), `/content/${part.index}/annotations`)
  return part.annotations.flatMap((event, place): readonly Mistake[] => {
    const index = field(event.data, '/annotation_index')
    if (typeof index === 'number' && index !== place) {
      return [
        {
          law: 'annotations',
          event,
          pointer: '/annotation_index',
          expected: `annotation_index ${place} for the next annotation of ${partName(item, part)}`,
          actual: show(index),
          same: 'index',
        },
      ]
    }
    if (!Array.isArray(told)) return []
    const [gap] = differences((told as readonly Json[])[place], field(event.data, '/annotation'), 1)
    return gap === undefined
      ? []
      : [
          {
            law: 'annotations',
            event,
            pointer: `/annotation${gap.pointer}`,
            expected: `${show(gap.expected)}, as annotation ${place} of the finished part`,
            actual: show(gap.actual),
            same: 'value',
          },
        ]
  })
}

/** Each of two names is right by one yardstick only. */
function reasoningNames(item: Item): readonly Mistake[] {
  return channelsOf(item)
    .filter(({ kind }) => kind.part === 'reasoning_text')
    .map(({ kind, first }) => {
      const open = kind.delta === 'response.reasoning.delta'
      return {
        law: open ? 'reasoning-name-openai' : 'reasoning-name-open-responses',
        event: first,
        pointer: '/type',
        expected: open
          ? '`response.reasoning_text.delta` and `.done` for raw reasoning'
          : '`response.reasoning.delta` and `.done` for raw reasoning',
        actual: typeOf(first),
      }
    })
}
