// Whoever answers only streams, only parts or only a string is red for that, and judged in everything else.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { startReference } from '../../reference/main.ts'
import { readRunResult } from '../../src/result/run-json.ts'
import { field, isObject } from '../../src/base/json.ts'
import type { Json, Verdict } from '../../src/types/index.ts'
import { createEmptyFolder } from '../empty-folder.ts'
import { runCommandLine } from './command.ts'

const KEY = 'a-key-of-a-test-of-forms'

const items = (body: Json | undefined): readonly Json[] => {
  const input = field(body, '/input')
  return Array.isArray(input) ? (input as readonly Json[]) : [{ content: input ?? '' }]
}
const isText = (item: Json): boolean => isObject(item) && typeof item['content'] === 'string'

interface Narrow {
  readonly takes: (body: Json | undefined) => boolean
  readonly says: string
  /** What fails because of it. */
  readonly red: string
}

const NARROW: Readonly<Record<string, Narrow>> = {
  streams: {
    takes: (body) => field(body, '/stream') === true,
    says: 'Stream must be set to true',
    red: 'streaming/accepted',
  },
  parts: {
    takes: (body) => !items(body).some(isText),
    says: 'content: Input should be a valid list',
    red: 'message-style/accepts-bare-parts',
  },
  'a string': {
    takes: (body) => typeof field(body, '/input') === 'string',
    says: 'input: Input should be a valid string',
    red: 'message-style/accepts-bare-parts',
  },
}

const CHECKS = [
  'basic/answers-with-text',
  'basic/fields/*',
  'structured-output/text-is-json',
  'tool/required-means-a-call',
  'errors/grid/temperature-too-high',
  'parameters/accepted/truncation',
  'message-style/accepts-bare-parts',
  'streaming/accepted',
  'streaming/answers-at-a-stroke',
]

async function judge(narrow?: Narrow): Promise<ReadonlyMap<string, string>> {
  const server = await startReference({
    keys: [KEY],
    mutant: {
      reply: (reply, { path, method, body }) =>
        narrow === undefined || path !== '/responses' || method !== 'POST' || narrow.takes(body)
          ? reply
          : { status: 400, headers: {}, body: { json: { detail: narrow.says } } },
    },
  })
  const out = createEmptyFolder()
  const args = ['run', '--base-url', server.url, '--model', 'reference', '--api-key-env', 'K']
  await runCommandLine([...args, '--out', out, '--check', ...CHECKS], { env: { K: KEY } })
  await server.close()
  const file = join(out, 'run.json')
  const { verdicts } = readRunResult(readFileSync(file, 'utf8'), file)
  const rows = verdicts.filter(({ yardstick }) => yardstick === 'openai')
  return new Map(rows.map((row: Verdict) => [`${row.check} (${row.scenario})`, row.outcome]))
}

describe.concurrent('a server that answers only', () => {
  const right = judge()

  test.each(Object.entries(NARROW))(
    '%s',
    async (_, narrow) => {
      const [usual, found] = await Promise.all([right, judge(narrow)])
      const changed = [...usual].filter(([row, outcome]) => found.get(row) !== outcome)
      const about = changed.filter(([row]) => /^(streaming|message-style)\//.test(row))
      expect(changed).toEqual(about)
      expect(about.map(([row]) => `${row.split(' ')[0]} ${found.get(row)}`)).toContain(
        `${narrow.red} fail`,
      )
    },
    60_000,
  )
})
