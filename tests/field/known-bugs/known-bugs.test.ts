// Providers as somebody met them in public, each by the checks that notice it; and providers that
// differ from the reference and break no rule, which no check fails. `verdicts.yaml` says what each
// story turns red and yellow, looked at by hand: everything else stays green.

import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { matchesGlob } from '../../../src/plan/selection.ts'
import type { Dialect } from '../../../src/types/index.ts'
import { watch, type Watch } from '../../noticed.ts'
import { legal } from './legal.ts'
import { log, renderReports, said } from './reports.ts'
import { stories } from './stories.ts'
import { LEFT_OUT } from './story.ts'

interface Expected {
  readonly fail?: readonly string[]
  readonly warn?: readonly string[]
}

const expected = parse(readFileSync(new URL('verdicts.yaml', import.meta.url), 'utf8')) as Readonly<
  Record<string, Expected>
>

const watches = new Map<Dialect, Watch>()

beforeAll(async () => {
  const dialects: readonly Dialect[] = ['openai', 'open-responses']
  for (const dialect of dialects) watches.set(dialect, await watch(dialect, LEFT_OUT))
})

afterAll(async () => {
  await Promise.all([...watches.values()].map((each) => each.close()))
})

describe.concurrent('a bug that somebody met', () => {
  for (const [name, story] of Object.entries(stories)) {
    test(`${name}: ${story.story} (${story.source.join(', ')})`, async () => {
      const { fail, warn, harness } = await watches.get(story.dialect ?? 'openai')!.notice(story)
      const { fail: red = [], warn: yellow = [] } = expected[name] ?? {}
      expect(red.length + yellow.length, 'nothing is expected to notice it').not.toBe(0)
      expect(harness).toEqual([])
      expect(unlike(fail, red), 'red').toEqual([])
      expect(unlike(warn, yellow), 'yellow').toEqual([])
    })
  }
})

/** Checks that are not expected, and expectations that no check meets. */
function unlike(checks: readonly string[], patterns: readonly string[]): readonly string[] {
  return [
    ...checks.filter((check) => !patterns.some((pattern) => matchesGlob(pattern, check))),
    ...patterns
      .filter((pattern) => !checks.some((check) => matchesGlob(pattern, check)))
      .map((pattern) => `nothing of ${pattern}`),
  ]
}

describe.concurrent('no rule is broken by a provider', () => {
  for (const [name, variation] of Object.entries(legal)) {
    test(`${name}: ${variation.story}`, async () => {
      const { fail, warn, harness, touched } = await watches.get('openai')!.notice(variation)
      expect(touched).not.toBe(0)
      const { warn: yellow = [] } = expected[name] ?? {}
      expect({ fail, warn, harness }).toEqual({ fail: [], warn: yellow, harness: [] })
    })
  }
})

test('every report is retold by a story, and the page tells them', () => {
  const told = log.queries.flatMap(({ reports }) => reports.flatMap(({ story }) => story ?? []))
  expect(told.filter((name) => stories[name] === undefined || said[name] === undefined)).toEqual([])
  const page = readFileSync(new URL('../../../docs/detection.md', import.meta.url), 'utf8')
  expect(page, 'run npm run bench:detection').toContain(renderReports(stories).trim())
})

test('every verdict belongs to a story', () => {
  const names = Object.keys({ ...stories, ...legal })
  expect(Object.keys(expected).filter((name) => !names.includes(name))).toEqual([])
})
