// What ids and paths from files of others must look like before anything is read or written by them.

import { closeSync, constants, fstatSync, lstatSync, openSync, readFileSync } from 'node:fs'
import { isAbsolute, join, normalize, sep } from 'node:path'
import { resolvePath } from './current-environment.ts'
import { describeSystemError, UsageError } from './errors.ts'

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

/** Bytes of one file of results. */
export const MOST_RESULT_BYTES = 256 * 1024 * 1024

/** Bytes of one file that people write. */
export const MOST_WRITTEN_BYTES = 20 * 1024 * 1024

/**
 * The text of a file that may be anybody's. Throws a `UsageError` for a folder, a device, a pipe and
 * what is larger than `most` bytes; `what` says what should stand there.
 */
export function readForeignText(file: string, most: number, what: string): string {
  return readForeignBytes(file, most, what).toString('utf8')
}

/** As `readForeignText`. */
export function readForeignBytes(file: string, most: number, what: string): Buffer {
  const path = resolvePath(file)
  let descriptor: number
  try {
    // A pipe that nobody writes to would be waited for.
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  } catch (error) {
    throw new UsageError(describeSystemError(error) ?? `${file} cannot be read; give ${what}`)
  }
  try {
    const stat = fstatSync(descriptor)
    if (!stat.isFile()) throw new UsageError(`${file} is no file; give ${what}`)
    if (stat.size > most) {
      throw new UsageError(
        `${file} has ${stat.size} bytes, more than the ${most} that are read; give ${what}`,
      )
    }
    return readFileSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
