// npm run docs:checks

import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from '../../src/base/package-root.ts'
import { writeFiles } from '../../src/run/run.ts'
import { checkPages } from './pages.ts'

const folder = join(packageRoot, 'docs', 'checks')
const pages = await checkPages()
writeFiles(folder, pages)
for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
  if (name.endsWith('.md') && !(name in pages)) rmSync(join(folder, name))
}
process.stdout.write(`${Object.keys(pages).length} pages in docs/checks\n`)
