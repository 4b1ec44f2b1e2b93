// `$ref`s, followed when somebody asks for what they point to: into the same document, or into files
// beside it. What a dangling or a circular reference does not reach is not lost by it.

import { decodePart, isObject, keyIn, token } from '../../base/json.ts'
import { describeDocumentLimit, readDocumentLimits } from '../../schema/document-limits.ts'
import type { Json, JsonObject } from '../../types/index.ts'

/** A value with the file that it stands in and its pointer there, beginning with `#`. */
export interface Located {
  readonly value: Json
  readonly file: string
  readonly pointer: string
}

/** Reads another file of a document by the reference that names it, or says why it does not. */
export type OpenFile = (
  reference: string,
  from: string,
) => { readonly file: string; readonly document: JsonObject } | { readonly because: string }

export interface References {
  /** What a value means: itself, or what its `$ref`s lead to. Undefined where they lead nowhere. */
  follow(located: Located): Located | undefined
  /** What a reference points to. */
  find(reference: string, from: string): Located | undefined
  /** A member of an object. */
  child(parent: Located, key: string): Located | undefined
}

export function createReferences(
  document: JsonObject,
  openFile: OpenFile,
  report: (reference: string, from: string, because: string) => void,
): References {
  const documents = new Map<string, JsonObject>([['', document]])
  const opened = new Map<string, ReturnType<OpenFile>>()

  function find(reference: string, from: string): Located | undefined {
    const [name = '', fragment = ''] = reference.split('#')
    let file = from
    if (name !== '') {
      const key = `${from} ${name}`
      const known = opened.get(key) ?? openFile(name, from)
      opened.set(key, known)
      if ('because' in known) {
        report(reference, from, known.because)
        return undefined
      }
      file = known.file
      // The document itself is open already.
      if (file !== '') documents.set(file, known.document)
    }
    const found = at(documents.get(file), fragment)
    if (found === undefined) {
      report(reference, from, 'it leads nowhere')
      return undefined
    }
    return { value: found, file, pointer: `#${fragment}` }
  }

  function follow(located: Located): Located | undefined {
    let current = located
    const siblings: JsonObject[] = []
    const seen = new Set<Json>()
    const most = readDocumentLimits()['schema-steps']
    while (seen.size <= most && !seen.has(current.value)) {
      const { value } = current
      if (!isObject(value) || typeof value['$ref'] !== 'string') {
        if (siblings.length === 0 || !isObject(value)) return current
        return { ...current, value: Object.assign({}, value, ...siblings.toReversed()) as Json }
      }
      const { $ref, ...own } = value
      if (Object.keys(own).length > 0) siblings.push(own)
      seen.add(value)
      const next = find($ref as string, current.file)
      if (next === undefined) return undefined
      current = next
    }
    const because = seen.has(current.value)
      ? 'it leads back to itself'
      : describeDocumentLimit('schema-steps')
    report(current.pointer, current.file, because)
    return undefined
  }

  return {
    follow,
    find,
    child({ value, file, pointer }, key) {
      const inner =
        typeof value === 'object' && value !== null ? own(value as JsonObject, key) : undefined
      return inner === undefined
        ? undefined
        : { value: inner, file, pointer: `${pointer}/${token(key)}` }
    },
  }
}

function at(document: Json | undefined, fragment: string): Json | undefined {
  let current = document
  for (const step of fragment.split('/').slice(1)) {
    if (typeof current !== 'object' || current === null) return undefined
    current = own(current as JsonObject, keyIn(decodePart(step)))
  }
  return current
}

function own(value: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(value, key) ? value[key] : undefined
}
