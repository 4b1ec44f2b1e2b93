// Looks for what a requirement points at in the text of its document: a pointer, a file, words.

import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { field, isObject, parse } from '../../../src/base/json.ts'
import type { Json, RequirementSource, SourceDocument } from '../../../src/types/index.ts'
import type { OpenedDocument } from './open-document.ts'

/** Whether it is there, with a short hash of what it rests on, or what is wrong. */
export type Found = { readonly hash: string } | { readonly wrong: string }

const parsed = new WeakMap<OpenedDocument, Json | undefined>()

export function findPlace(
  source: RequirementSource,
  document: SourceDocument,
  opened: OpenedDocument,
): Found {
  if (document.kind === 'schema') return findInSchema(source, opened)
  const text = opened.text(document.package === undefined ? undefined : source.at)
  if (text === undefined) return { wrong: `there is no file ${source.at ?? ''}` }
  if (source.quote === undefined) return { hash: hashOf(text) }
  return plain(text).includes(plain(source.quote))
    ? { hash: hashOf(plain(source.quote)) }
    : { wrong: `“${source.quote}” does not stand there` }
}

function findInSchema({ at, quote, has, is }: RequirementSource, opened: OpenedDocument): Found {
  if (!parsed.has(opened)) parsed.set(opened, parse(opened.text() ?? ''))
  const root = parsed.get(opened)
  if (root === undefined) return { wrong: 'it is not JSON' }
  if (at === undefined) return { hash: hashOf(JSON.stringify(root)) }
  const value = at === '' ? root : field(root, at)
  if (value === undefined) return { wrong: `nothing stands at ${at}` }
  if (is !== undefined && !isDeepStrictEqual(value, is)) {
    return {
      wrong: `${JSON.stringify(value).slice(0, 80)} stands at ${at}, not ${JSON.stringify(is)}`,
    }
  }
  const names = Array.isArray(value) ? value : isObject(value) ? Object.keys(value) : []
  const missing = (has ?? []).find((name) => !names.includes(name))
  if (missing !== undefined) return { wrong: `${missing} is not at ${at}` }
  if (quote !== undefined && !plain(String(value)).includes(plain(quote))) {
    return { wrong: `“${quote}” does not stand at ${at}` }
  }
  return { hash: hashOf(JSON.stringify(value)) }
}

/** Line breaks and spaces are the page's business, and so are the marks of its markup's quotes. */
function plain(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12)
}
