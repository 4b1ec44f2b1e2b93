// Reads providers' replies to cells of a published matrix: small files that people write.

import { isMap, isSeq, parseDocument } from 'yaml'
import { ContractError } from '../../base/errors.ts'
import type { FileProblem } from '../../base/errors.ts'
import type { CheckId } from '../../types/index.ts'

/**
 * `open`: not yet decided; `accepted`: the provider is right, the check will be corrected;
 * `rejected`: the verdict stands, with the answer beside it; `fixed`: the provider will change it.
 */
type ReplyState = 'open' | 'accepted' | 'rejected' | 'fixed'

export interface ProviderReply {
  /** Id of the target. */
  readonly target: string
  readonly check: CheckId
  /** YYYY-MM-DD. */
  readonly date: string
  readonly state: ReplyState
  readonly by: string
  readonly words: string
  readonly url?: string
}

const STATES: readonly string[] = ['open', 'accepted', 'rejected', 'fixed']
const WANTED: Readonly<Record<string, string>> = {
  target: 'the id of a target',
  check: 'the id of a check',
  date: 'a day, "2026-11-20"',
  state: `one of ${STATES.join(', ')}`,
  by: 'who answers',
  words: 'the answer',
}

/**
 * Reads a file of answers: a YAML list of `{ target, check, date, state, by, words, url? }`.
 * Throws a `ContractError` with every mistake.
 */
export function readReplies(text: string, file: string): readonly ProviderReply[] {
  const document = parseDocument(text)
  const problems: FileProblem[] = document.errors.map((error) => ({
    file,
    line: error.linePos?.[0].line ?? 1,
    pointer: '',
    wrong: error.message.split('\n')[0]!,
    write: 'valid YAML',
  }))
  if (problems.length > 0) throw new ContractError(problems)
  const list = document.contents
  if (!isSeq(list))
    throw new ContractError([
      { file, pointer: '', wrong: 'not a list', write: '- target: …, one entry for each answer' },
    ])
  const replies = list.items.map((item, index) => {
    const value: unknown = isMap(item) ? item.toJS(document) : undefined
    const entry = (value ?? {}) as Readonly<Record<string, unknown>>
    for (const [key, write] of Object.entries(WANTED)) {
      if (!isRight(key, entry[key]))
        problems.push({
          file,
          pointer: `/${index}/${key}`,
          wrong: `${key} is ${JSON.stringify(entry[key]) ?? 'missing'}`,
          write,
        })
    }
    for (const key of Object.keys(entry))
      if (!(key in WANTED) && key !== 'url')
        problems.push({
          file,
          pointer: `/${index}/${key}`,
          wrong: `${key} is not known`,
          write: `only ${Object.keys(WANTED).join(', ')}, url`,
        })
    return entry as unknown as ProviderReply
  })
  if (problems.length > 0) throw new ContractError(problems)
  return replies
}

function isRight(key: string, value: unknown): boolean {
  if (typeof value !== 'string' || value === '') return false
  if (key === 'date') return /^\d{4}-\d\d-\d\d$/.test(value)
  return key !== 'state' || STATES.includes(value)
}
