// The documents say what is true: generated pages are fresh, links lead somewhere, commands exist.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { loadSuites } from '../../../src/plan/load-suites-and-reporters.ts'
import { packageRoot } from '../../../src/base/package-root.ts'

const read = (file: string): string => readFileSync(join(packageRoot, file), 'utf8')

const written = [
  ...readdirSync(packageRoot).filter((name) => name.endsWith('.md')),
  ...readdirSync(join(packageRoot, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
  ...readdirSync(join(packageRoot, 'docs', 'compatibility')).map(
    (name) => `docs/compatibility/${name}`,
  ),
  'specs/README.md',
  'reference/README.md',
  'benchmarks/README.md',
]

test('links between documents lead to files that exist', () => {
  const dead = written.flatMap((file) =>
    [...read(file).matchAll(/\]\((?!<?https?:|#|mailto:)([^)#\s]+)/g)]
      .map(([, to]) => to!)
      .filter((to) => !existsSync(join(packageRoot, dirname(file), to)))
      .map((to) => `${file} → ${to}`),
  )
  expect(dead).toEqual([])
})

test('commands, options, suites and scripts that the documents name exist', async () => {
  const commands = readdirSync(join(packageRoot, 'src/cli/commands'))
    .map((name) => read(`src/cli/commands/${name}`))
    .concat(read('src/cli/options.ts'))
    .join('\n')
  const known = new Set([...commands.matchAll(/--[a-z][a-z-]+/g)].map(([option]) => option))
  const names = new Set([...commands.matchAll(/\.command\('([a-z-]+)'/g)].map(([, name]) => name))
  const scripts = Object.keys((JSON.parse(read('package.json')) as { scripts: object }).scripts)
  // `ours` stands for a suite of the reader's.
  const suites = [...(await loadSuites()).map(({ feature }) => feature), 'ours']
  const wrong = written
    .filter((file) => file !== 'README.md')
    .flatMap((file) => {
      const shell = [...read(file).matchAll(/```sh\n([\s\S]*?)```/g)]
        .map(([, text]) => text!.replaceAll('\\\n', ' '))
        .flatMap((text) => text.split('\n'))
      const ours = shell.filter((line) => /responses-conformance |npm start -- /.test(line))
      return [
        ...ours.flatMap((line) => {
          const [, rest = ''] = /(?:responses-conformance|npm start --) +(.*)/.exec(line) ?? []
          const options = [...rest.matchAll(/(?<=\s)--[a-z][a-z-]+/g)].map(([option]) => option)
          const command = rest.split(' ')[0]!
          const suite = [...rest.matchAll(/--suite ([a-z][a-z-]*(?: [a-z][a-z-]*)*)/g)].flatMap(
            ([, list]) => list!.split(' '),
          )
          return [
            ...options.filter((option) => !known.has(option)),
            ...(/^[a-z]+$/.test(command) && !names.has(command) ? [command] : []),
            ...suite.filter((name) => !suites.includes(name)),
          ]
        }),
        ...shell
          .flatMap((line) => [...line.matchAll(/npm run ([a-z:]+)/g)].map(([, name]) => name!))
          .filter((name) => !scripts.includes(name)),
      ].map((word) => `${file}: ${word}`)
    })
  expect(wrong).toEqual([])
})

test('the example workflows use inputs that the action has', () => {
  const { inputs } = parse(read('action.yml')) as { inputs: object }
  const folder = join(packageRoot, 'docs', 'workflows')
  const unknown = readdirSync(folder).flatMap((name) => {
    const { jobs } = parse(read(`docs/workflows/${name}`)) as Workflow
    return Object.values(jobs)
      .flatMap(({ steps }) => steps)
      .filter(({ uses }) => uses?.startsWith('responses-conformance/') === true)
      .flatMap((step) => Object.keys(step.with ?? {}))
      .filter((input) => !(input in inputs))
      .map((input) => `${name}: ${input}`)
  })
  expect(unknown).toEqual([])
})

interface Workflow {
  readonly jobs: Readonly<
    Record<
      string,
      { readonly steps: readonly { readonly uses?: string; readonly with?: object }[] }
    >
  >
}
