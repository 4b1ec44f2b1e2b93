// The bytes of the files that a user names, folders included, each within the bounds.

import { closeSync, fstatSync, openSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { resolvePath } from '../../base/current-environment.ts'
import { UsageError } from '../../base/errors.ts'
import { describeBytes, MOST_RECORDED_BYTES } from './recording.ts'

/** In one folder and all below it. */
const MOST_FILES = 10_000

/** The files of each path, those of folders in the order of their names. Throws a `UsageError` for a path that is not there. */
export function listRecordingFiles(paths: readonly string[]): readonly string[] {
  return paths.flatMap((path) => {
    const stat = statSync(resolvePath(path), { throwIfNoEntry: false })
    if (stat === undefined)
      throw new UsageError(`${path} is not there; give the path of a recording`)
    if (!stat.isDirectory()) return [path]
    const inside = readdirSync(resolvePath(path), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(path, relative(resolvePath(path), join(entry.parentPath, entry.name))))
      .toSorted()
    if (inside.length > MOST_FILES) {
      throw new UsageError(
        `${path} has ${inside.length} files; give a folder with at most ${MOST_FILES}`,
      )
    }
    return inside
  })
}

/** Throws a `UsageError` for what cannot be read, is no file, or is too large. */
export function readRecordingFile(file: string): Buffer {
  let descriptor: number
  try {
    descriptor = openSync(resolvePath(file), 'r')
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException
    throw new UsageError(`${file} cannot be read (${code}); give the path of a recording`)
  }
  try {
    const stat = fstatSync(descriptor)
    if (!stat.isFile()) throw new UsageError(`${file} is no file; give the path of a recording`)
    if (stat.size > MOST_RECORDED_BYTES) {
      throw new UsageError(
        `${file} has ${describeBytes(stat.size)}, more than the ${describeBytes(MOST_RECORDED_BYTES)} that are read; split it into several files`,
      )
    }
    return readFileSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
