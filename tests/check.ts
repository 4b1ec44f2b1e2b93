// npm run check -- <check or glob>: everything that can refute a check, for these checks alone.
//
//     npm run check -- basic/created-at-is-seconds
//     npm run check -- 'basic/*'
//
// It runs the tests of `tests/checks` with the variable CHECK, which they honour, and says what to do.

import { readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { startVitest, type Reporter, type TestCase, type TestModule } from 'vitest/node'
import { findClosestName } from '../src/base/closest-name.ts'
import { packageRoot } from '../src/base/package-root.ts'

/** By test file, causes before their effects: what it shows, and what to do when it does not. */
const PROOFS: Readonly<Record<string, readonly [shows: string, advice: string]>> = {
  catalogue: [
    'its sentence, id and title are published',
    'A sentence goes to specs/requirements first, with its URL; then `npm run generate` writes the catalogue anew.',
  ],
  architecture: [
    'it imports what a suite may know',
    'The rules stand in docs/architecture.md; what a suite may import, in tests/checks/architecture.test.ts.',
  ],
  requests: [
    'what it sends is valid by OpenAI’s document',
    'Correct the request; a step that is wrong on purpose says where with `invalidAt`.',
  ],
  passes: [
    'the reference provider passes, in both dialects',
    'The judge is too strict, or the reference is wrong: the published sentence decides which.',
  ],
  mutants: [
    'red on each mutant, and each place that accuses is reached',
    '`npm start -- explain <check>` shows the right and the wrong answer side by side. A place that no mutant reaches needs one more in `mutants`, or goes.',
  ],
  'hostile-replies': [
    'no garbage makes it throw',
    'Read answers through src/authoring/read.ts, and answer with a doubt where nothing can be said.',
  ],
  names: [
    'its functions begin with a verb, and no name is taken twice',
    'Rename it; the words are in docs/glossary.md.',
  ],
  families: [
    'its cases are right for every vendor’s contract',
    'Each case must hold for a reply in the documented shape and be red on its mutants.',
  ],
}

/** At most this many failed tests of one file are told, and so much of each message. */
const MOST = 5
const LINES = 12

const [chosen = '', ...more] = process.argv.slice(2)
if (chosen === '' || chosen.startsWith('-') || more.length > 0) {
  console.error(
    "Name one check, or a glob in quotes: npm run check -- basic/created-at-is-seconds, npm run check -- 'basic/*'",
  )
  process.exit(2)
}
refuseUnknown(chosen)
process.env['CHECK'] = chosen

const reporter: Reporter = {
  onTestRunEnd(modules, unhandled) {
    const unknown = modules.flatMap((each) => each.errors()).find(isUnknownCheck)
    if (unknown !== undefined) {
      console.error(unknown.message)
      process.exitCode = 2
      return
    }
    const sorted = modules.toSorted((a, b) => orderOf(a) - orderOf(b))
    const wrong = sorted.filter(isRefuted)
    console.log(`\n${chosen}\n\n${sorted.map(lineOf).join('\n')}`)
    for (const each of wrong) console.log(`\n${refutation(each)}`)
    for (const { message } of unhandled) console.log(`\n✗ ${message}`)
    const seconds = (performance.now() / 1000).toFixed(1)
    const isRight = wrong.length === 0 && unhandled.length === 0
    console.log(
      `\n${isRight ? 'Nothing refutes it' : `${wrong.length} of ${modules.length} proofs fail`} (${seconds} s).`,
    )
  },
}

const vitest = await startVitest('test', ['tests/checks/'], {
  root: packageRoot,
  project: ['self'],
  watch: false,
  reporters: [reporter],
  update: false,
  experimental: { fsModuleCache: true },
})
await vitest.close()

/** A mistyped name is told at once, from the names of the files, before anything is loaded. */
function refuseUnknown(name: string): void {
  const ids = readdirSync(join(packageRoot, 'suites'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /^[^/]+\/(checks|families)\/[^/]+\.ts$/.test(file))
    .map((file) => file.replace(/\.ts$/, '').replace(/\/(checks|families)\//, '/'))
  const isKnown = ids.some((id) => name === id || name.startsWith(`${id}/`))
  if (isKnown || name.includes('*')) return
  const guess = findClosestName(name, ids)
  const meant = guess === undefined ? '' : ` Did you mean "${guess}"?`
  console.error(`There is no check "${name}" in suites.${meant}`)
  process.exit(2)
}

function isUnknownCheck({ name }: { readonly name?: string }): boolean {
  return name === 'UsageError'
}

function nameOf(module: TestModule): string {
  return relative(`${packageRoot}/tests/checks`, module.moduleId).replace(/\.test\.tsx?$/, '')
}

function orderOf(module: TestModule): number {
  const index = Object.keys(PROOFS).indexOf(nameOf(module))
  return index < 0 ? Infinity : index
}

function isRefuted(module: TestModule): boolean {
  return module.errors().length > 0 || failedOf(module).length > 0
}

function failedOf(module: TestModule): readonly TestCase[] {
  return [...module.children.allTests('failed')]
}

function lineOf(module: TestModule): string {
  const [shows = ''] = PROOFS[nameOf(module)] ?? []
  return `  ${isRefuted(module) ? '✗' : '✓'} ${nameOf(module).padEnd(16)} ${shows}`.trimEnd()
}

function refutation(module: TestModule): string {
  const [, advice] = PROOFS[nameOf(module)] ?? []
  const failed = failedOf(module)
  const told = [
    ...module.errors().map(({ message }) => inset(message)),
    ...failed.slice(0, MOST).map((test) => {
      const errors = test.result().errors ?? []
      return [`  ${test.name}`, ...errors.map((error) => inset(inset(wordsOf(error))))].join('\n')
    }),
    ...(failed.length > MOST ? [`  … and ${failed.length - MOST} more`] : []),
  ]
  return [
    `✗ ${nameOf(module)}`,
    ...told,
    ...(advice === undefined ? [] : [`  To do: ${advice}`]),
  ].join('\n')
}

/** The message; where two values differ, what came and was not expected. */
function wordsOf({ message, diff }: { readonly message: string; readonly diff?: string }): string {
  const came = stripVTControlCharacters(diff ?? '')
    .split('\n')
    .filter((line) => /^\+ +[^\s[\]]/.test(line) && line !== '+ Received')
  return [message.replace(/: expected .* to (?:deeply )?equal .*$/, ':'), ...came].join('\n')
}

function inset(text: string): string {
  return text
    .split('\n')
    .slice(0, LINES)
    .map((line) => `  ${line}`)
    .join('\n')
}
