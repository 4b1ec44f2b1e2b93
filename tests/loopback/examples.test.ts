// The code that the documents show is code of this repository: compiled, linted, and tried here.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { packageRoot } from '../../src/base/package-root.ts'
import { loadSuites } from '../../src/plan/load-suites-and-reporters.ts'
import type { Mutation } from '../../src/types/index.ts'
import createdAt from '../unit/examples/created-at-is-whole-seconds.ts'
import failingIds from '../unit/examples/failing-ids.ts'
import { askTarget, startProving } from '../prove.ts'
import { sampleRun } from '../unit/reporters/sample.ts'

/** By document: the files whose text its blocks of code have, in their order. */
const EXAMPLES: Readonly<Record<string, readonly string[]>> = {
  'CONTRIBUTING.md': [
    'tests/unit/examples/created-at-is-whole-seconds.ts',
    'tests/unit/examples/failing-ids.ts',
  ],
  'docs/writing-a-check.md': ['tests/package/ours.mjs'],
}

const read = (file: string): string => readFileSync(join(packageRoot, file), 'utf8')

test.each(Object.entries(EXAMPLES))('%s shows files that are tried', (document, files) => {
  const blocks = [...read(document).matchAll(/```(?:ts|js)\n([\s\S]*?)```/g)].map(
    ([, code]) => code!,
  )
  expect(blocks.map((code) => code.replace(/^\/\/ .*\n/, ''))).toEqual(
    files.map((file) => placed(read(file)).replace(/^\/\/ .*\n/, '')),
  )
})

/** As it reads in the place where a contributor writes it. */
function placed(code: string): string {
  return code
    .replace("'../../../suites/basic/scenarios.ts'", "'../scenarios.ts'")
    .replace("'../../../src/types/index.ts'", "'../src/types/index.ts'")
}

test('the check passes on the reference, and each of its mutants turns it red', async () => {
  const file = join(packageRoot, 'tests/unit/examples/created-at-is-whole-seconds.ts')
  const suites = await loadSuites([file])
  const wrong: readonly Mutation[] = createdAt.mutants
  const proving = await startProving('openai', wrong)
  try {
    const outcomes: string[] = []
    for (const headers of [{}, ...wrong.map((_, index) => ({ 'x-mutant': `${index}` }))]) {
      const target = { ...proving.target, headers }
      const asked = await askTarget(target, { checks: [createdAt.id] }, suites)
      const planned = asked.cases.find(({ check }) => check === createdAt.id)!
      const verdicts = await asked.decide(planned)
      outcomes.push(...verdicts.map(({ outcome }) => outcome))
      await asked.close()
    }
    // By the provider's own documents, and by OpenAI.
    expect(outcomes).toEqual(['pass', 'pass', 'fail', 'fail', 'fail', 'fail'])
  } finally {
    await proving.close()
  }
})

test('the reporter writes the failing checks', () => {
  const { 'failing.txt': text } = failingIds.render(sampleRun())
  expect(text).toContain('streaming/deltas-add-up\n')
  expect(text).not.toContain('basic/created-at-is-seconds')
})
