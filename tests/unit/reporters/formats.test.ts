import { expect, test } from 'vitest'
import {
  sortRun,
  readRunResult,
  serializeRun,
  validateRunResult,
} from '../../../src/result/run-json.ts'
import json from '../../../reporters/json.ts'
import { loadReporters } from '../../../src/plan/load-suites-and-reporters.ts'
import type { ReportContext } from '../../../src/types/index.ts'
import { sampleExchange, sampleRun } from './sample.ts'

const context: ReportContext = { evidence: sampleExchange }

/** What these write is compared elsewhere: `json` below, `html` by what a browser shows of it. */
const ELSEWHERE: readonly string[] = ['html', 'json']

const reporters = await loadReporters()

test.each(reporters.filter(({ name }) => !ELSEWHERE.includes(name)))(
  '$name says what it said before',
  async (reporter) => {
    for (const [name, text] of Object.entries(reporter.render(sampleRun(), context)))
      await expect(text).toMatchFileSnapshot(`golden/${name}`)
  },
)

test.each(reporters)('$name does not change the result that it renders', (reporter) => {
  const run = sampleRun()
  reporter.render(run, context)
  expect(run).toEqual(sampleRun())
})

test('run.json is valid, and reads back as it was written', () => {
  const text = json.render(sampleRun(), context)['run.json']!
  expect(validateRunResult(JSON.parse(text))).toEqual([])
  const { run, ...rest } = readRunResult(text, 'run.json')
  const { run: began, ...sorted } = sortRun(sampleRun())
  expect(rest).toEqual(sorted)
  expect(run).toEqual({ ...began, exitCode: 1, conclusion: 'does not conform' })
})

test('the order of rows does not depend on the order in which they came', () => {
  const run = sampleRun()
  const mixed = {
    ...run,
    verdicts: run.verdicts.toReversed(),
    documents: run.documents.toReversed(),
  }
  expect(serializeRun(mixed)).toBe(serializeRun(run))
})

test('the sample in fixtures is this sample', async () => {
  await expect(serializeRun(sampleRun())).toMatchFileSnapshot('../../../fixtures/run.sample.json')
})
