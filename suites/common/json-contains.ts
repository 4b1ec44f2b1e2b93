import { isObject } from '../../src/authoring/read.ts'
import type { Json } from '../../src/types/index.ts'

/** Whether two JSON values say something different; the order of keys says nothing. */
export function isUnequal(one: Json | undefined, other: Json | undefined): boolean {
  if (Array.isArray(one) && Array.isArray(other)) {
    return (
      one.length !== other.length ||
      (one as readonly Json[]).some((value, index) => isUnequal(value, other[index] as Json))
    )
  }
  if (!isObject(one) || !isObject(other)) return one !== other
  const keys = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...keys].some((key) => isUnequal(one[key], other[key]))
}

/** Whether an echo lacks something that was sent; a server may add defaults. */
export function isPartMissing(echoed: Json | undefined, sent: Json): boolean {
  if (Array.isArray(sent)) {
    return (
      !Array.isArray(echoed) ||
      echoed.length !== sent.length ||
      (sent as readonly Json[]).some((value, index) => isPartMissing(echoed[index] as Json, value))
    )
  }
  if (!isObject(sent)) return echoed !== sent
  return (
    !isObject(echoed) ||
    Object.entries(sent).some(([key, value]) => isPartMissing(echoed[key], value))
  )
}
