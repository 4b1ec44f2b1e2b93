// The last step of the build: the compiled modules in `dist` become some tens of files. What packages and tests
// name keeps its place (ENTRIES); everything else goes into chunks in `dist/src/chunks`.

import { cpSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'

const root = join(import.meta.dirname, 'dist')
const ENTRIES = [
  'src/cli/main',
  'src/cli/npm-start',
  'src/cli/terminal/interrupt',
  'src/run/run-and-report',
  'src/vitest/all',
  'src/index',
  'src/authoring/define',
  'src/authoring/read',
  'reference/main',
]

/** The modules of a folder, sorted; none where there is no such folder. */
function listModules(folder) {
  const path = join(root, folder)
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return []
  const names = readdirSync(path).filter((name) => /^[^.].*\.js$/.test(name))
  return names.toSorted().map((name) => join(path, name))
}

/** Writes a module that exports the default exports of folders, by folder. */
function writeList(file, folders) {
  const lists = folders.map((folder, of) => ({
    folder,
    modules: listModules(folder).map((path, at) => ({ path, name: `m${of}_${at}` })),
  }))
  const imports = lists.flatMap(({ modules }) =>
    modules.map(({ path, name }) => `import ${name} from ${JSON.stringify(path)}\n`),
  )
  const entries = lists.map(
    ({ folder, modules }) => `${JSON.stringify(folder)}: [${modules.map(({ name }) => name)}]`,
  )
  writeFileSync(file, `${imports.join('')}export default { ${entries.join(', ')} }\n`)
}

const features = readdirSync(join(root, 'suites'))
  .filter((name) => statSync(join(root, 'suites', name)).isDirectory())
  .toSorted()
const lists = join(root, 'lists')
mkdirSync(lists)
writeList(
  join(lists, 'suites.js'),
  features.flatMap((name) => [`suites/${name}/checks`, `suites/${name}/families`]),
)
writeList(join(lists, 'reporters.js'), ['reporters'])
// Stands for `BUNDLED` in src/plan/load-suites-and-reporters.ts.
const injected = join(lists, 'bundled.js')
writeFileSync(
  injected,
  `export const BUNDLED = {
  features: ${JSON.stringify(features)},
  async load(folder) {
    const list = folder === 'reporters' ? await import('./reporters.js') : await import('./suites.js')
    return list.default[folder] ?? []
  },
}
`,
)

const bundled = join(root, 'bundled')
await build({
  entryPoints: ENTRIES.map((entry) => join(root, `${entry}.js`)),
  outbase: root,
  outdir: bundled,
  // As deep as the modules of a room: they find the package from where they stand.
  chunkNames: 'src/chunks/[name]-[hash]',
  inject: [injected],
  bundle: true,
  splitting: true,
  packages: 'external',
  format: 'esm',
  platform: 'node',
  target: 'node20',
  logLevel: 'warning',
})

for (const folder of ['src', 'suites', 'reporters', 'reference']) {
  for (const name of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })) {
    if (name.endsWith('.js')) rmSync(join(root, folder, name))
  }
}
rmSync(lists, { recursive: true })
cpSync(bundled, root, { recursive: true })
rmSync(bundled, { recursive: true })
