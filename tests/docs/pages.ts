// docs/checks: a page for each check and family, and an index for each suite, from the catalogue.

import { join } from 'node:path'
import { impactOf } from '../../src/clients/impact.ts'
import { loadContract, loadContracts } from '../../src/contract/file/load.ts'
import { loadSuites, type Suite } from '../../src/plan/load-suites.ts'
import { casesOf } from '../../src/plan/plan.ts'
import { OFF_BY_DEFAULT } from '../../src/plan/selection.ts'
import type { Family } from '../../src/types/index.ts'
import { inTurns } from '../kill-matrix/turns.ts'
import { checkPage, levels, YARDSTICK_LABELS, type CheckEntry } from './check-page.ts'
import { sentence, formatMarkdownTable } from './markup.ts'

const contracts = loadContracts()
const NOTE = '<!-- Written by "npm run docs:checks"; do not edit. -->'

/** File names relative to `docs/checks`, with their text. */
export async function checkPages(): Promise<Readonly<Record<string, string>>> {
  const suites = await loadSuites()
  const pages = new Map<string, string>([['README.md', indexPage(suites)]])
  for (const suite of suites) pages.set(join(suite.feature, 'README.md'), suitePage(suite))
  await inTurns(suites.flatMap(entriesOf), 4, async (entry) => {
    pages.set(`${entry.id}.md`, `${NOTE}\n\n${await checkPage(entry, suites)}`)
  })
  return Object.fromEntries([...pages].toSorted(([one], [other]) => (one < other ? -1 : 1)))
}

function entriesOf({ checks, families }: Suite): readonly CheckEntry[] {
  return [
    ...checks.map((check) => ({ id: check.id, title: check.title, covers: check.covers, check })),
    ...families.map(familyEntry),
  ]
}

/** A family shows itself with its first case; some have cases for certain vendors only. */
function familyEntry(family: Family): CheckEntry {
  const yardsticks = ['openai', 'open-responses', 'reference'].map(loadContract)
  const some = yardsticks.flatMap((contract) => casesOf(family, contract))
  const cases = some.length > 0 ? some : contracts.flatMap((contract) => casesOf(family, contract))
  const { id, title, covers } = family
  return { id, title, covers, check: cases[0]!, cases: [...new Set(cases.map((each) => each.id))] }
}

function indexPage(suites: readonly Suite[]): string {
  return [
    NOTE,
    '',
    '# Checks',
    '',
    'A check asks one thing and rests on published sentences. A family makes checks from a contract: one',
    'for each documented parameter, field or event. Each has a page: what is sent, who demands what, which',
    'clients break, a right and a wrong answer, and how to repeat and to dispute it.',
    '`responses-conformance explain <check>` says the same offline.',
    '',
    ...formatMarkdownTable(
      ['suite', 'checks', 'families', ''],
      suites.map(({ feature, checks, families }) => [
        `[${feature}](${feature}/README.md)`,
        String(checks.length),
        String(families.length),
        OFF_BY_DEFAULT.includes(feature) ? 'off by default' : '',
      ]),
    ),
    '',
  ].join('\n')
}

function suitePage(suite: Suite): string {
  return [
    NOTE,
    '',
    `# ${suite.feature}`,
    '',
    `This suite alone: \`responses-conformance run … --suite ${suite.feature}\`. All suites: [Checks](../README.md).`,
    '',
    ...formatMarkdownTable(
      ['check', '', ...Object.values(YARDSTICK_LABELS), 'breaks'],
      entriesOf(suite).map((entry) => [
        `[${nameOf(entry)}](${entry.id.split('/').slice(1).join('/')}.md)`,
        sentence(entry.title),
        ...levels(entry).map((level) => level?.split(',')[0] ?? '–'),
        harm(entry),
      ]),
    ),
    '',
    '*breaks*: so many of the client programs that were measured on this fault. –: not asked, or not measured.',
    '',
  ].join('\n')
}

function nameOf({ id, cases }: CheckEntry): string {
  const name = id.split('/').slice(1).join('/')
  return cases === undefined ? name : `${name}/\\* (${cases.length})`
}

function harm({ check }: CheckEntry): string {
  const measured = impactOf(check.id)
  return measured === undefined ? '–' : measured.length === 0 ? 'none' : String(measured.length)
}
