/** A pure function of two objects, computed once for each pair for as long as both live. */
export function memoize2<A extends object, B extends object, Value>(
  compute: (a: A, b: B) => Value,
): (a: A, b: B) => Value {
  const known = new WeakMap<A, WeakMap<B, Value>>()
  return (a, b) => {
    let ofA = known.get(a)
    if (ofA === undefined) known.set(a, (ofA = new WeakMap()))
    let value = ofA.get(b)
    if (value === undefined) ofA.set(b, (value = compute(a, b)))
    return value
  }
}
