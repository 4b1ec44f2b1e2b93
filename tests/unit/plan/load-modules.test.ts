import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { loadExtension } from '../../../src/plan/load-modules.ts'
import { createEmptyFolder } from '../../empty-folder.ts'

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
  for (const word of ['id is "Bad id"', 'judge is no function', 'kind is "odd"', '"no-such"']) {
    expect(check).toContain(word)
  }
  expect(
    await refusal('sentence.mjs', 'export const requirements = [{}]; export default []'),
  ).toContain('/requirements/0')
})
