/** A pure function of an object, computed once for as long as the object lives. */
export function memoize<A extends object, Value>(compute: (a: A) => Value): (a: A) => Value {
  const known = new WeakMap<A, { readonly value: Value }>()
  return (a) => {
    const found = known.get(a) ?? { value: compute(a) }
    known.set(a, found)
    return found.value
  }
}

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
