// The naming rules of exports: a function begins with a verb, and a name is exported by one file.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSync } from 'oxc-parser'
import { expect, test } from 'vitest'
import { packageRoot } from '../../src/base/package-root.ts'

const VERBS = new Set(
  `accept add admit allow answer apply assemble audit authenticate build cancel canonicalize change
  check choose clip collect compare compile conclude conduct count create copy cut decode decrypt define
  delay dereference describe diagnose diff dispatch doubt draw drop encode encrypt equip escape
  estimate excerpt execute fail fill find fix follow format generate get has import inherit init is
  judge leak lint list listen load make map mark mask matches measure memoize memoize2 merge narrow open
  outgrow pad parse plan plant prepare print prune quote rank read record recover refuse register rejudge
  remove render renumber repeat replace report require resolve restore reword run schedule send
  serialize serve set share show silence sort split start stream summarize test to tokenize trace unpack
  validate watch with without wrap write new name yield main weaken muddle ignore normalise complete deliver generalize dedupe compute decide settle correct excuse ask calibrate meter fetch convert`.split(
    /\s+/,
  ),
)

/** What authors of checks write reads like a sentence: `holds`, `violated(…)`, `text(exchange)`. */
const PUBLISHED = /^src\/(authoring\/(define|read)|base\/json|index)\.ts$/

interface Export {
  readonly file: string
  readonly name: string
  readonly isFunction: boolean
}

const exports: readonly Export[] = [
  'src',
  'suites',
  'reporters',
  'reference',
  'tests',
  'benchmarks',
]
  .flatMap((folder) =>
    readdirSync(join(packageRoot, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => join(folder, name)),
  )
  .flatMap((file) => exportsOf(file, readFileSync(join(packageRoot, file), 'utf8')))

/** What a file declares and exports; what it only passes on is not its own. */
function exportsOf(file: string, text: string): readonly Export[] {
  return parseSync(file, text).program.body.flatMap((statement): readonly Export[] => {
    if (statement.type !== 'ExportNamedDeclaration' || statement.declaration === null) return []
    const { declaration } = statement
    if (declaration.type === 'VariableDeclaration') {
      return declaration.declarations.flatMap(({ id, init }) =>
        id.type === 'Identifier'
          ? [{ file, name: id.name, isFunction: init?.type === 'ArrowFunctionExpression' }]
          : [],
      )
    }
    if (!('id' in declaration) || declaration.id?.type !== 'Identifier') return []
    const isFunction = declaration.type === 'FunctionDeclaration'
    return [{ file, name: declaration.id.name, isFunction }]
  })
}

/** `keyOf`, `levelOfAll`, a Preact component, or a verb and what it acts on. */
function isNamedWell({ file, name }: Export): boolean {
  if (/[a-z]Of($|[A-Z])/.test(name) || (file.endsWith('.tsx') && /^[A-Z]/.test(name))) return true
  return VERBS.has(/^[a-z0-9]+/.exec(name)?.[0] ?? '')
}

test('an exported function begins with a verb', () => {
  const functions = exports.filter(
    ({ file, isFunction }) =>
      isFunction && !/^(tests|benchmarks)\//.test(file) && !PUBLISHED.test(file),
  )
  expect(functions).not.toEqual([])
  expect(
    functions.filter((one) => !isNamedWell(one)).map(({ file, name }) => `${file}: ${name}`),
  ).toEqual([])
})

test('no name is exported by two files', () => {
  const files = new Map<string, string[]>()
  for (const { name, file } of exports) files.set(name, [...(files.get(name) ?? []), file])
  const twice = [...files].filter(([, places]) => new Set(places).size > 1)
  expect(twice.map(([name, places]) => `${name}: ${places.join(', ')}`)).toEqual([])
})
