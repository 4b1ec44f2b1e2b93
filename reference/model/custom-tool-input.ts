// The input of a custom tool, within its grammar.

import { isRecord } from '../json.ts'
import { textForRegexOf, isGenerable, matchesPattern } from './text-for-regex.ts'
import { writeLark } from './text-for-lark.ts'
import { findLatestCodeWord } from './find-values-in-text.ts'

/** Whether inputs can be written for a grammar. */
export function isWritable(syntax: string, definition: string): boolean {
  return syntax === 'regex' ? isGenerable(definition) : writeLark(definition) !== undefined
}

export function writeInput(
  format: unknown,
  said: {
    readonly text: string
    readonly wanted?: string | undefined
    /** What the tool is to do, and the number that a sum comes to, where the prompt says so. */
    readonly task?: string | undefined
    readonly number?: number | undefined
  },
): string {
  const word = said.wanted ?? findLatestCodeWord(said.text)
  if (!isRecord(format) || format['type'] !== 'grammar') return word ?? said.task ?? 'text'
  const definition = String(format['definition'])
  if (format['syntax'] === 'lark') return writeLark(definition, said.number) ?? ''
  if (word !== undefined && matchesPattern(`^(?:${definition})$`, word)) return word
  return textForRegexOf(definition) ?? ''
}
