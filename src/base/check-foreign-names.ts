// What ids and paths from files of others must look like before anything is read or written by them.

import { lstatSync } from 'node:fs'
import { isAbsolute, join, normalize, sep } from 'node:path'
import { UsageError } from './errors.ts'

/** The name of an evidence file without its extension; empty where a step brought none. */
export const EVIDENCE_ID = '^([0-9a-f]{16})?$'

/** Targets, checks and scenarios: one line of sound text, of which a file name can be made. As a JSON Schema. */
export const NAME = {
  type: 'string',
  pattern: '^[^\\p{C}\\p{Zl}\\p{Zp}]{1,200}$',
  not: { enum: ['.', '..'] },
} as const

export function isEvidenceId(text: string): boolean {
  return text !== '' && new RegExp(EVIDENCE_ID).test(text)
}

export function isName(text: string): boolean {
  return new RegExp(NAME.pattern, 'u').test(text) && text !== '.' && text !== '..'
}

/**
 * A path below a folder that a stranger may have made. Throws a `UsageError` where it leaves the
 * folder, or passes a link: what is written through one lands in another file.
 */
export function resolveInside(folder: string, name: string): string {
  const steps = normalize(name).split(sep)
  if (isAbsolute(name) || steps.includes('..')) {
    throw new UsageError(`"${name}" is no path below ${folder}`)
  }
  let path = folder
  for (const step of steps) {
    path = join(path, step)
    if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true) {
      throw new UsageError(
        `${path} is a link out of a folder of results; remove it, or choose another folder with --out`,
      )
    }
  }
  return path
}
