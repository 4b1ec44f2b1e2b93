// What differs from run to run of the reference provider (ids, times, padding, ports), made the same,
// so that a page changes only when a check does.

import type { CheckDemo } from './check-demo.ts'

const ID =
  /\b(resp|msg|rs|fco?|ctco?|ws|fs|ci|ig|mcp[alr]?|lsho?|sho?|apco?|ts[co]|cuo?|cmp|at|conv|file|req|item|call|chatcmpl|cntr)[_-][0-9A-Za-z]{6,}(?:-[0-9a-f]{4,12})*/g
const SECONDS = 1_767_225_600

/** Ids keep their kind and whether they are the same: `msg_1`, `msg_2`. */
export function makeSteady(demo: CheckDemo): CheckDemo {
  const known = new Map<string, string>()
  const counts = new Map<string, number>()

  function nameOf(id: string, kind: string): string {
    // A finding quotes the beginning of what is long.
    const same = known.get(id) ?? [...known].find(([full]) => full.startsWith(id))?.[1]
    if (same !== undefined) return same
    const count = (counts.get(kind) ?? 0) + 1
    counts.set(kind, count)
    const name = `${kind}_${count}`
    known.set(id, name)
    return name
  }

  function text(value: string): string {
    return value
      .replaceAll(ID, nameOf)
      .replaceAll(/, after \d+ ms/g, '')
      .replaceAll(/\bat byte \d+/g, 'at byte …')
      .replaceAll(/\b127\.0\.0\.1:\d+/g, '127.0.0.1')
      .replaceAll(
        /\b1[789]\d{8}(\d{3})?\b/g,
        (_, thousands) => `${SECONDS}${thousands ? '000' : ''}`,
      )
  }

  function value(given: unknown, key = ''): unknown {
    if (key === 'obfuscation' || key === 'encrypted_content') return '…'
    if (typeof given === 'string') return text(given)
    if (typeof given === 'number') return Number(text(String(given)))
    // A header, such as `openai-processing-ms: 7`.
    if (Array.isArray(given) && String(given[0]).endsWith('-ms')) {
      return [given[0], String(given[1]).replace(/^\d+$/, '12')]
    }
    if (Array.isArray(given)) return given.map((each) => value(each))
    if (typeof given !== 'object' || given === null || ArrayBuffer.isView(given)) return given
    return Object.fromEntries(
      Object.entries(given).map(([name, each]) => [name, value(each, name)]),
    )
  }

  const { asked, good, bad, finding } = demo
  return value({ asked, good, bad, finding }) as CheckDemo
}
