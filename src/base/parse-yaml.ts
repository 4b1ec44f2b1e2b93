import { createRequire } from 'node:module'
import type * as Yaml from 'yaml'

/** The YAML library, loaded when it is first needed: the compiled package reads JSON. */
export function loadYaml(): typeof Yaml {
  return createRequire(import.meta.url)('yaml') as typeof Yaml
}

/** Of one mapping or list: the largest APIs have some thousand paths. */
const MOST_ENTRIES = 20_000

/** What is wrong with a text, as the library says it, and where. */
interface YamlFault {
  readonly pos: readonly [number, number]
  readonly code: Yaml.ErrorCode
  readonly message: string
}

/**
 * A document and its faults, keys that stand twice among them. The library compares each key with
 * all others, which takes minutes for some hundred thousand of them.
 */
export function parseYaml(
  text: string,
  lineCounter?: Yaml.LineCounter,
): { readonly document: Yaml.Document; readonly faults: readonly YamlFault[] } {
  const { isScalar, parseDocument, visit } = loadYaml()
  const document = parseDocument(text, {
    uniqueKeys: false,
    // Its warnings would be written to the terminal.
    logLevel: 'error',
    ...(lineCounter === undefined ? {} : { lineCounter }),
  })
  const faults: YamlFault[] = [...document.errors]
  const look = (items: readonly unknown[], range: Yaml.Range | null | undefined): void => {
    if (items.length <= MOST_ENTRIES) return
    const message = `more than ${MOST_ENTRIES} entries in one mapping or list`
    faults.push({ pos: [range?.[0] ?? 0, range?.[1] ?? 0], code: 'IMPOSSIBLE', message })
  }
  visit(document, {
    Seq: (_, { items, range }) => look(items, range),
    Map(_, { items, range }) {
      look(items, range)
      const seen = new Set<unknown>()
      for (const { key } of items) {
        if (!isScalar(key)) continue
        const [from = 0, to = 0] = key.range ?? []
        if (seen.has(key.value)) {
          faults.push({
            pos: [from, to],
            code: 'DUPLICATE_KEY',
            message: 'Map keys must be unique',
          })
        }
        seen.add(key.value)
      }
    },
  })
  return { document, faults: faults.toSorted((a, b) => a.pos[0] - b.pos[0]) }
}
