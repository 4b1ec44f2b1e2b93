// By its own documents a provider is judged where they name what is wrong, and nowhere else.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import type { Verdict } from '../../../src/types/index.ts'
import { listAllChecks, askTarget, startProving, type Proving } from '../../prove.ts'

const FIELD = 'basic/output-text-agrees-with-parts'
const EVENTS = 'streaming/ends-once'

const all = await listAllChecks()
const checks = [FIELD, EVENTS].map((id) => all.find(({ check }) => check.id === id)!.check)
const folder = mkdtempSync(join(tmpdir(), 'named-'))
let proving: Proving

beforeAll(async () => {
  proving = await startProving(
    'openai',
    checks.map(({ mutants }) => mutants[0]),
  )
})

afterAll(async () => {
  await proving.close()
  rmSync(folder, { recursive: true })
})

/** What a provider that is wrong in the way of a check hears by these documents. */
async function judge(check: string, contract: string): Promise<Verdict> {
  const index = checks.findIndex(({ id }) => id === check)
  const headers = { 'x-mutant': String(index) }
  const target = { ...proving.target, contract, yardsticks: ['own'] as const, headers }
  const asked = await askTarget(target, { checks: [check] })
  const { scenario, mutants } = checks[index]!
  const scenarios = scenario === 'every' ? [mutants[0].on!] : undefined
  const verdicts = await Promise.all(asked.cases.map((each) => asked.decide(each, scenarios)))
  await asked.close()
  return verdicts.flat().find((row) => row.check === check)!
}

/** AnyFast's page, silent on both, with these fields and events as well. */
function naming(file: string, fields: object, events?: object): string {
  const page = parse(readFileSync('specs/vendors/anyfast.yaml', 'utf8'))
  Object.assign(page.components.schemas.Response.properties, fields)
  if (events !== undefined) {
    page.paths['/responses'].post.responses['200'].content['text/event-stream'] = { schema: events }
  }
  const path = join(folder, file)
  writeFileSync(path, stringify(page))
  return path
}

test.each([FIELD, EVENTS])('%s: a page that is silent accuses nobody', async (check) => {
  expect(await judge(check, 'anyfast')).toMatchObject({
    outcome: 'not-applicable',
    reason: 'not-claimed',
    note: expect.stringMatching(/^the documents do not name it: \//),
  })
})

test('a page that names the field is held to it', async () => {
  const contract = naming('field.yaml', { output_text: { type: 'string' } })
  const { outcome, findings } = await judge(FIELD, contract)
  expect([outcome, findings[0]?.at]).toEqual(['fail', '/output_text'])
})

test('a page that describes its events is held to their order', async () => {
  const event = { type: 'object', properties: { type: { const: 'response.completed' } } }
  const contract = naming('events.yaml', {}, { oneOf: [event] })
  expect((await judge(EVENTS, contract)).outcome).toBe('fail')
})

test.each([FIELD, EVENTS])('%s: the promise of a whole format is a warning', async (check) => {
  expect((await judge(check, 'sunra')).outcome).toBe('warn')
})
