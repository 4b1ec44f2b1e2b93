import { expect, test } from 'vitest'
import {
  sortRun,
  readRunResult,
  serializeRun,
  validateRunResult,
} from '../../src/result/run-json.ts'
import badges from '../../reporters/badges.ts'
import csv from '../../reporters/csv.ts'
import github from '../../reporters/github.ts'
import json from '../../reporters/json.ts'
import junit from '../../reporters/junit.ts'
import markdown from '../../reporters/markdown.ts'
import terminal from '../../reporters/terminal.ts'
import type { Reporter, ReportContext } from '../../src/types/index.ts'
import { sampleExchange, sampleRun } from './sample.ts'

const context: ReportContext = { evidence: sampleExchange }

const REPORTERS: readonly Reporter[] = [badges, csv, github, junit, markdown, terminal]

for (const reporter of REPORTERS) {
  test(`${reporter.name} says what it said before`, async () => {
    for (const [name, text] of Object.entries(reporter.render(sampleRun(), context)))
      await expect(text).toMatchFileSnapshot(`golden/${name}`)
  })
}

test('run.json is valid, and reads back as it was written', () => {
  const text = json.render(sampleRun(), context)['run.json']!
  expect(validateRunResult(JSON.parse(text))).toEqual([])
  expect(readRunResult(text, 'run.json')).toEqual(sortRun(sampleRun()))
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
  await expect(serializeRun(sampleRun())).toMatchFileSnapshot('../../fixtures/run.sample.json')
})
