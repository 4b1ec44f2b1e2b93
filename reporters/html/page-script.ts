import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from '../../src/base/package-root.ts'

const file = join(packageRoot, 'dist', 'page-script.js')

let script: string | undefined

/** The bundle of `browser/`, as the last build wrote it: one script without imports. */
export function readPageScript(): string {
  if (script === undefined && !existsSync(file))
    throw new Error(`${file} is missing: npm run build:page writes it.`)
  script ??= readFileSync(file, 'utf8')
  return script
}
