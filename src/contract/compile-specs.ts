// The step of the build after `tsc`: `node dist/src/contract/compile-specs.js`.

import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { codeRoot, packageRoot } from '../base/package-root.ts'
import { compileSpecs } from '../base/read-specs.ts'

/** tsc leaves behind what was compiled from files that are gone; discovery would find it there. */
function removeOrphans(): void {
  for (const folder of ['src', 'suites', 'reporters', 'reference']) {
    for (const name of readdirSync(join(codeRoot, folder), { recursive: true, encoding: 'utf8' })) {
      const source = name.replace(/(\.d)?\.[jt]s$/, '')
      const known = ['.ts', '.tsx'].some((end) =>
        existsSync(join(packageRoot, folder, source + end)),
      )
      if (source !== name && !known) rmSync(join(codeRoot, folder, name))
    }
  }
}

compileSpecs()
removeOrphans()
