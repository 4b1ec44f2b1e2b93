import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const requires = ['../package.json', '../programs/package.json'].map((place) =>
  createRequire(new URL(place, import.meta.url)),
)

/** The folder of an installed package. */
export function folderOf(name) {
  for (const require of requires) {
    const base = require.resolve.paths(name)[0]
    if (existsSync(join(base, name, 'package.json'))) return join(base, name)
  }
  throw new Error(`${name} is not installed`)
}
