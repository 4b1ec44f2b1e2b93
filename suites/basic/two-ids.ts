// Judges whether two answers are two.

import { holds, notShown, violated } from '../../src/authoring/define.ts'
import { field, response, responseAt, show } from '../../src/authoring/read.ts'
import type { Exchange, Judgement } from '../../src/types/index.ts'

/** Whether the answer of `step` has another id than the one before it. */
export function judgeOwnId(step: string, earlier: Exchange, later: Exchange): Judgement {
  const [before, after] = [earlier, later].map((exchange) => field(response(exchange), '/id'))
  if (typeof before !== 'string' || typeof after !== 'string') return notShown('an id is missing')
  if (before !== after) return holds
  return violated({
    step,
    at: `${responseAt(later)}/id`,
    expected: 'an id of its own',
    actual: `${show(after)}, which the answer before has as well`,
  })
}
