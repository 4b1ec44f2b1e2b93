// Modules of a user's own: what is read, also as earlier versions wrote it, and what is refused.

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { defineScenario, moot, notShown } from '../../../src/authoring/define.ts'
import { loadContract } from '../../../src/contract/file/load.ts'
import type { Kit } from '../../../src/index.ts'
import { loadExtension } from '../../../src/plan/load-modules.ts'
import { createRequestBuilder } from '../../../src/request/builder.ts'
import type { Target } from '../../../src/target/target-and-keys.ts'
import { createEmptyFolder } from '../../empty-folder.ts'

test('a check of an earlier version has one mutant, which is read with a note', async () => {
  const folder = createEmptyFolder()
  const file = join(folder, 'old.mjs')
  const check = `{
    id: "ours/old", title: "x", kind: "wire", scenario: "every", covers: ["basic-object-type"],
    judge() {}, mutant: { story: "it is old" },
  }`
  writeFileSync(
    file,
    `const check = ${check}
    export default [check, { id: "ours/more", title: "x", covers: check.covers, cases: () => [check, check] }]`,
  )
  const told = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  try {
    const { checks, families } = await loadExtension([file])
    const cases = families[0]!.cases(loadContract('openai'))
    for (const { mutants } of [...checks, ...cases])
      expect(mutants).toEqual([{ story: 'it is old' }])
    expect(told.mock.calls.map(([note]) => String(note).replace(folder, ''))).toEqual(
      ['ours/old', 'ours/more'].map(
        (id) =>
          `/old.mjs: ${id} has "mutant", which the next version no longer reads; write mutants: [{ story, reply }]\n`,
      ),
    )
  } finally {
    told.mockRestore()
  }
})

test('a module that is none of these is refused with what to write', async () => {
  const folder = createEmptyFolder()
  const refusal = async (name: string, text?: string): Promise<string> => {
    const file = join(folder, name)
    if (text !== undefined) writeFileSync(file, text)
    const error = await loadExtension([file]).catch((thrown: unknown) => thrown)
    expect(error).toHaveProperty('name', expect.stringMatching(/^(Usage|Contract)Error$/))
    return (error as Error).message.replaceAll(folder, '')
  }
  expect(await refusal('absent.mjs')).toContain('there is no such file')
  expect(await refusal('throws.mjs', 'throw new Error("boom")')).toContain('(boom)')
  expect(await refusal('empty.mjs', 'export const a = 1')).toContain('neither a check')
  expect(await refusal('nameless.mjs', 'export default { title: "x", render() {} }')).toContain(
    'a reporter has a name',
  )
  const check = await refusal(
    'check.mjs',
    'export default { id: "Bad id", title: "x", judge: 1, kind: "odd", covers: ["no-such"] }',
  )
  const words = ['id is "Bad id"', 'judge is no function', 'kind is "odd"', '"no-such"']
  for (const word of [...words, 'mutants is missing']) expect(check).toContain(word)
  expect(
    await refusal('mute.mjs', 'export default { judge() {}, title: "x", mutants: [{}] }'),
  ).toContain('mutants[0] has no story')
  expect(
    await refusal('sentence.mjs', 'export const requirements = [{}]; export default []'),
  ).toContain('/requirements/0')
})

test('a module that was written for version 0.1 is still understood', () => {
  const request = { request: (kit: Kit) => kit.ask('Hello'), expect: 'success' } as const
  const common = {
    id: 'ours/hello',
    title: 'A greeting',
    tier: 'core',
    steps: { request },
  } as const
  const apiPaths = ['request /input']
  expect(defineScenario({ ...common, hinges: apiPaths })).toEqual({ ...common, apiPaths })
  expect(moot('nothing to judge')).toEqual(notShown('nothing to judge'))
  const builder = createRequestBuilder({
    target: { models: { text: 'any' } } as Target,
    contract: undefined,
    seed: '1',
    prior: () => expect.unreachable(),
  })
  expect(builder.ask('Hello')).toEqual(builder.createRequest('Hello'))
  expect(builder.askParts([])).toEqual(builder.createRequestFromParts([]))
})
