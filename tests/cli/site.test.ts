import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { serializeRun } from '../../src/result/run-json.ts'
import { createEmptyFolder } from '../empty-folder.ts'
import { sampleRun } from '../unit/reporters/sample.ts'
import { runCommandLine } from './command.ts'

test('the command reads folders of runs and writes the site', async () => {
  const cwd = createEmptyFolder()
  const observed = sampleRun()
  const earlier = { ...observed.run, id: 'earlier', startedAt: '2026-11-01T06:00:00Z' }
  const documents = { ...observed, run: earlier, targets: [] }
  for (const [name, run] of Object.entries({ observed, documents })) {
    mkdirSync(join(cwd, name))
    writeFileSync(join(cwd, name, 'run.json'), serializeRun(run))
  }
  const site = (...args: readonly string[]) => runCommandLine(['report', 'site', ...args], { cwd })
  expect(await site('observed', 'documents')).toMatchObject({ code: 0, stderr: '' })
  expect(existsSync(join(cwd, 'site/providers/harbor.html'))).toBe(true)
  const page = readFileSync(join(cwd, 'site/checks/basic~created-at-is-seconds.html'), 'utf8')
  for (const heading of ['What is asked', 'What must hold', 'Right and wrong', 'Who passes'])
    expect(page).toContain(heading)
  const refused = (said: string) => ({ code: 2, stderr: expect.stringContaining(said) as string })
  // One run twice is one; half of it beside it is a mistake.
  expect(await site('observed', 'observed')).toMatchObject({ code: 0 })
  mkdirSync(join(cwd, 'half'))
  writeFileSync(join(cwd, 'half', 'run.json'), serializeRun({ ...observed, targets: [] }))
  expect(await site('observed', 'half')).toMatchObject(
    refused('observed and half hold different results of one run, sample'),
  )
  expect(await site('documents')).toMatchObject(refused('Nothing was observed'))
  expect(await site('observed', '--replies', 'no.yaml')).toMatchObject(
    refused('--replies no.yaml: there is no such file'),
  )
})
