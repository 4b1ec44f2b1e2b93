import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))

/** The folder of `package.json`. The code runs from `src` under tests and from `dist/src` otherwise. */
export const packageRoot: string = [join(here, '..', '..'), join(here, '..', '..', '..')].find(
  (folder) => existsSync(join(folder, 'package.json')),
)!

/** The folder that holds `suites`, `reporters` and `src` as they run now: the root, or `dist`. */
export const codeRoot: string = join(here, '..', '..')

/** Whether the code runs compiled. */
export const compiled: boolean = codeRoot !== packageRoot

/** The version of this package. */
export function readVersion(): string {
  const { version: readVersion } = JSON.parse(
    readFileSync(join(packageRoot, 'package.json'), 'utf8'),
  ) as {
    version: string
  }
  return readVersion
}
