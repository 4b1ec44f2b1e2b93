// Who may import whom. The folders tell the architecture; this keeps them honest.

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'
import { packageRoot } from '../../src/base/package-root.ts'

interface Import {
  readonly file: string
  /** A path below the root, or a package's name. */
  readonly from: string
  readonly typeOnly: boolean
}

const sources = ['src', 'suites', 'reporters', 'reference'].flatMap((folder) =>
  readdirSync(join(packageRoot, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((name) => /\.tsx?$/.test(name) && statSync(join(packageRoot, name)).isFile()),
)

const imports: readonly Import[] = sources.flatMap((file) => {
  const text = readFileSync(join(packageRoot, file), 'utf8')
  const statements = text.matchAll(
    /^(import|export)( type)? [^'"]*?from '([^']+)'|import\('([^']+)'\)|^import '([^']+)'/gm,
  )
  return [...statements].map(([, , type, from, dynamic, bare]) => ({
    file,
    typeOnly: type !== undefined,
    from: resolve(file, (from ?? dynamic ?? bare)!),
  }))
})

function resolve(file: string, from: string): string {
  if (!from.startsWith('.')) return from
  return relative(packageRoot, join(packageRoot, dirname(file), from))
}

function of(folder: string): readonly Import[] {
  return imports.filter(({ file }) => file.startsWith(folder))
}

function breaches(list: readonly Import[], allowed: (each: Import) => boolean): readonly string[] {
  return list.filter((each) => !allowed(each)).map(({ file, from }) => `${file} imports ${from}`)
}

const isPackage = ({ from }: Import): boolean =>
  !/^(src|suites|reporters|reference|tests|benchmarks)\//.test(from)

describe('imports', () => {
  test('reference shares no code with the decoder and the checks', () => {
    const libraries = /^(node:|ws$|pngjs$|jpeg-js$|re2js$|pdfjs-dist\b)/
    expect(
      breaches(
        of('reference/'),
        ({ from, typeOnly }) =>
          from.startsWith('reference/') ||
          libraries.test(from) ||
          (typeOnly && from === 'src/types/index.ts') ||
          from.endsWith('.json'),
      ),
    ).toEqual([])
  })

  test('suites know the vocabulary, the readers and the laws, and nothing that runs', () => {
    const known =
      /^src\/(authoring|types|stream|clients)\/|^src\/schema\/validate-model-output\.ts$|^node:zlib$/
    expect(
      breaches(
        of('suites/'),
        ({ file, from }) =>
          from.startsWith('suites/') ||
          known.test(from) ||
          (file.endsWith('.suite.ts') && from === 'src/vitest/register.ts'),
      ),
    ).toEqual([])
  })

  test('reporters know results, and neither the network nor the suites', () => {
    expect(
      breaches(of('reporters/'), (each) =>
        /^reporters\/|^src\//.test(each.from)
          ? !/^src\/(transport|evidence|run|explain|drivers|vitest|cli)\//.test(each.from)
          : isPackage(each) && !/^(undici|vitest|ws)/.test(each.from),
      ),
    ).toEqual([])
  })

  test('the core knows neither suites nor reporters nor the reference', () => {
    const core = of('src/').filter(
      ({ file }) => !/^src\/(run|explain|drivers|vitest|cli)\//.test(file),
    )
    expect(breaches(core, ({ from }) => !/^(suites|reporters|reference)\//.test(from))).toEqual([])
  })

  test('the vocabulary is read in one place', () => {
    const others = imports.filter(({ file }) => !file.startsWith('src/types/'))
    expect(
      breaches(
        others,
        ({ from }) => !from.startsWith('src/types/') || from === 'src/types/index.ts',
      ),
    ).toEqual([])
  })

  test('vitest is known to one folder', () => {
    const others = imports.filter(
      ({ file }) => !file.startsWith('src/vitest/') && file !== 'src/run/start-judging-process.ts',
    )
    expect(breaches(others, ({ from }) => !/^vitest(\/|$)/.test(from))).toEqual([])
  })
})

test('what a process has is taken from the environment of the call', () => {
  const shells = [
    'src/base/current-environment.ts',
    'src/cli/main.ts',
    'src/cli/npm-start.ts',
    'src/cli/terminal/interrupt.ts',
    'src/run/start-judging-process.ts',
    'src/vitest/setup-from-environment.ts',
  ]
  const touching = sources.filter(
    (file) =>
      file.startsWith('src/') &&
      /\bprocess\.(argv|cwd|env|exit|exitCode|stderr|stdout)\b|\bconsole\.\w+\(/.test(
        readFileSync(join(packageRoot, file), 'utf8'),
      ),
  )
  expect(touching.toSorted()).toEqual(shells)
})

/**
 * Who may import whom, bottom to top: a room imports itself and what stands before it here, types too.
 * A new room gets its line at the lowest place that its imports allow.
 */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  src: [
    'types',
    'base',
    'schema',
    'authoring',
    'contract',
    'contract/import',
    'contract/file',
    'target',
    'request',
    'stream',
    'stream/rules',
    'clients',
    'plan/requirements',
    'plan',
    'document-audit',
    'transport',
    'evidence/traffic',
    'evidence/traffic/tools',
    'evidence',
    'judge',
    'result/causes',
    'result/cells',
    'result',
    'result/publish',
    'run',
    'explain',
    'drivers',
    'vitest',
    'index.ts',
    'cli/options.ts',
    'cli/config',
    'cli/terminal',
    'cli/actions',
    'cli/commands',
    'cli/program.ts',
    'cli/main.ts',
    'cli/npm-start.ts',
  ],
  reference: [
    'json.ts',
    'ids.ts',
    'package-root.ts',
    'api-error.ts',
    'store.ts',
    'reply-as-open-responses.ts',
    'delivery-faults.ts',
    'model',
    'validate',
    'input',
    'create',
    'emulate',
    'http',
    'endpoints',
    'other-apis',
    'main.ts',
  ],
}

const MOST_FILES = 15

describe.each(Object.entries(ROOMS))('rooms of %s', (folder, rooms) => {
  const roomOf = (path: string): string | undefined =>
    rooms
      .filter((room) => path === `${folder}/${room}` || path.startsWith(`${folder}/${room}/`))
      .toSorted((a, b) => b.length - a.length)[0]
  const rank = (path: string): number => rooms.indexOf(roomOf(path) ?? '')
  const files = sources.filter((file) => file.startsWith(`${folder}/`))

  test('every file is in one', () => {
    expect(files.filter((file) => roomOf(file) === undefined)).toEqual([])
  })

  test('a room imports what stands before it', () => {
    const inside = of(`${folder}/`).filter(({ from }) => files.includes(from))
    expect(breaches(inside, ({ file, from }) => rank(from) <= rank(file))).toEqual([])
  })

  test('a room can be seen at a glance', () => {
    const large = rooms.filter(
      (room) =>
        room !== 'types' && files.filter((file) => roomOf(file) === room).length > MOST_FILES,
    )
    expect(large).toEqual([])
  })
})

test('nothing is called utils, helpers or manager', () => {
  expect(sources.filter((file) => /(utils?|helpers?|managers?)\b/i.test(file))).toEqual([])
})

test('every room says what is in it, and its links lead somewhere', () => {
  const folders = [
    ...Object.entries(ROOMS).flatMap(([folder, rooms]) => rooms.map((room) => `${folder}/${room}`)),
    'src/cli',
    'suites',
    'reporters',
    'reference',
  ].filter((path) => !path.endsWith('.ts') && !path.startsWith('src/cli/'))
  const readmes = folders.map((folder) => join(folder, 'README.md'))
  expect(readmes.filter((file) => !existsSync(join(packageRoot, file)))).toEqual([])
  const dead = readmes.flatMap((file) =>
    [...readFileSync(join(packageRoot, file), 'utf8').matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)]
      .filter(([, to]) => !existsSync(join(packageRoot, dirname(file), to!)))
      .map(([, to]) => `${file} → ${to}`),
  )
  expect(dead).toEqual([])
})

test('every suite folder can be run alone', () => {
  const features = readdirSync(join(packageRoot, 'suites')).filter((name) =>
    statSync(join(packageRoot, 'suites', name)).isDirectory(),
  )
  const missing = features.filter((name) => !sources.includes(`suites/${name}/${name}.suite.ts`))
  expect(missing).toEqual([])
})
