// Lists the places where two JSON values differ.

import { token } from './json.ts'
import type { Json, JsonObject } from '../types/index.ts'

interface JsonDifference {
  readonly pointer: string
  readonly expected: Json | undefined
  readonly actual: Json | undefined
}

const DEEP = 200

/** At most `limit` differences, in the order of the expected value. Key order does not matter. */
export function diffJson(
  expected: Json | undefined,
  actual: Json | undefined,
  limit = 20,
): readonly JsonDifference[] {
  const found: JsonDifference[] = []
  compare(expected, actual, '', 0)
  return found

  function compare(
    one: Json | undefined,
    other: Json | undefined,
    pointer: string,
    depth: number,
  ): void {
    if (found.length >= limit || one === other) return
    if (
      typeof one !== 'object' ||
      typeof other !== 'object' ||
      one === null ||
      other === null ||
      Array.isArray(one) !== Array.isArray(other) ||
      depth > DEEP
    ) {
      // What nests deeper than any answer is not followed: the walk must end on hostile input.
      if (depth <= DEEP) found.push({ pointer, expected: one, actual: other })
      return
    }
    for (const key of new Set([...Object.keys(one), ...Object.keys(other)])) {
      compare(own(one, key), own(other, key), `${pointer}/${token(key)}`, depth + 1)
    }
  }
}

function own(value: object, key: string): Json | undefined {
  return Object.hasOwn(value, key) ? (value as JsonObject)[key] : undefined
}
