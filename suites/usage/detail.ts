// A detail of usage is a part of the number that it details.

import { isObject, show } from '../../src/authoring/read.ts'
import type { Exchange, Judgement, Reply } from '../../src/types/index.ts'
import { createFinding, judgeAnswer } from '../common/answers.ts'
import { mapUsage } from '../common/mutants.ts'

export interface Detail {
  readonly of: 'input_tokens' | 'output_tokens'
  readonly name: 'cached_tokens' | 'reasoning_tokens'
}

/** Holds when the detail is an integer that is at most the number it details. */
export function judgePart(exchange: Exchange, { of, name }: Detail): Judgement {
  return judgeAnswer(exchange, ({ response: { usage }, at }) => {
    const details = isObject(usage) ? usage[`${of}_details`] : undefined
    if (!isObject(usage) || !isObject(details)) return `usage has no ${of}_details`
    const count = details[name]
    const pointer = `${at}/usage/${of}_details/${name}`
    if (typeof count !== 'number' || !Number.isInteger(count) || count < 0) {
      return [createFinding(pointer, 'an integer from 0 on', show(count))]
    }
    const whole = usage[of]
    if (typeof whole !== 'number' || count <= whole) return []
    return [createFinding(pointer, `at most ${of}, ${whole}`, String(count))]
  })
}

/** A detail that is one more than the number it details. */
export function outgrowTotal(reply: Reply, { of, name }: Detail): Reply {
  return mapUsage(reply, (usage) => ({
    ...usage,
    [`${of}_details`]: { [name]: Number(usage[of]) + 1 },
  }))
}
