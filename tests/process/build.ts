import { execFileSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from '../../src/base/package-root.ts'

/** What `npm run build` reads; the folder that it writes holds its last output. */
const SOURCES = [
  'src',
  'suites',
  'reporters',
  'reference',
  'specs',
  'bundle.mjs',
  'package.json',
  'tsconfig.json',
]
const LAST_WRITTEN = 'dist/specs'

/** Builds the command unless the last build is newer than every source: no test runs a stale one. */
export default function build(): void {
  if (isNewerThan(LAST_WRITTEN, SOURCES)) return
  execFileSync('npm', ['run', '--silent', 'build'], { cwd: packageRoot, stdio: 'inherit' })
}

/** Whether this was written after every source. */
export function isNewerThan(written: string, sources: readonly string[]): boolean {
  return newestOf(written) > Math.max(...sources.map(newestOf))
}

/** When anything below this path was changed last, in milliseconds; 0 when it is not there. */
function newestOf(path: string): number {
  const root = join(packageRoot, path)
  const found = statSync(root, { throwIfNoEntry: false })
  if (found === undefined) return 0
  if (!found.isDirectory()) return found.mtimeMs
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' })
  return Math.max(found.mtimeMs, ...names.map((name) => statSync(join(root, name)).mtimeMs))
}
