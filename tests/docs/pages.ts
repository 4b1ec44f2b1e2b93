// docs/checks: a page for each suite, from the catalogue. Every check with its sentence and source.

import { breaks } from '../../src/clients/impact.ts'
import { loadSuites, type Suite } from '../../src/discover.ts'
import { OFF_BY_DEFAULT } from '../../src/plan.ts'
import { levelFor, loadRequirements } from '../../src/requirements.ts'
import type { Check, Family, RequirementId, Yardstick } from '../../src/types.ts'

const NOTE = '<!-- Written by "npm run docs:checks"; do not edit. -->'
const NAMES: Readonly<Record<Yardstick, string>> = {
  own: 'own documents',
  openai: 'OpenAI',
  'open-responses': 'Open Responses',
}
const KINDS = {
  wire: 'judges bytes, whatever the model says',
  forced: 'leaves the model no choice',
  behavioural: 'needs the model to cooperate, and may ask again',
}

/** File names relative to `docs/checks`, with their text. */
export async function checkPages(): Promise<Readonly<Record<string, string>>> {
  const suites = await loadSuites()
  return Object.fromEntries([
    ['README.md', indexPage(suites)],
    ...suites.map((suite) => [`${suite.feature}.md`, suitePage(suite)] as const),
  ])
}

function indexPage(suites: readonly Suite[]): string {
  return [
    NOTE,
    '',
    '# Checks',
    '',
    'A check asks one thing and rests on published sentences. A family makes checks from a contract: one',
    'for each documented parameter, field or event.',
    '',
    '| suite | checks | families | |',
    '|---|---|---|---|',
    ...suites.map(
      ({ feature, checks, families }) =>
        `| [${feature}](${feature}.md) | ${checks.length} | ${families.length} | ${OFF_BY_DEFAULT.includes(feature) ? 'off by default' : ''} |`,
    ),
    '',
  ].join('\n')
}

function suitePage({ feature, checks, families }: Suite): string {
  return [
    NOTE,
    '',
    `# ${feature}`,
    '',
    `Run this suite alone: \`responses-conformance run … --suite ${feature}\``,
    ...checks.flatMap(checkSection),
    ...families.flatMap(familySection),
    '',
  ].join('\n')
}

function checkSection({ id, title, kind, scenario, covers, only, mutant }: Check): string[] {
  const asked = scenario === 'every' ? 'every exchange of the run' : `\`${scenario.id}\``
  const needs = scenario === 'every' ? [] : (scenario.needs ?? [])
  const impact = (breaks(id) ?? []).map(({ client, effect }) => `${client} (${effect})`).toSorted()
  return [
    '',
    `## ${id}`,
    '',
    `${sentence(title)}`,
    '',
    `- **Level**: ${levels(covers, only)}`,
    `- **Looks at**: ${asked}${needs.length > 0 ? `; needs ${needs.join(', ')}` : ''}; ${KINDS[kind]}`,
    ...(impact.length > 0 ? [`- **Breaks**, measured: ${impact.join(', ')}`] : []),
    `- **Proven on** a provider that is wrong like this: ${sentence(mutant.story)}`,
    ...covers.map(requirement),
  ]
}

function familySection({ id, title, covers }: Family): string[] {
  return [
    '',
    `## ${id}/*`,
    '',
    `A family, with a case for each: ${sentence(title)}`,
    '',
    `- **Level**: ${levels(covers, undefined)}`,
    ...covers.map(requirement),
  ]
}

function levels(covers: readonly RequirementId[], only: readonly Yardstick[] | undefined): string {
  const asked = (Object.keys(NAMES) as Yardstick[])
    .filter((yardstick) => only?.includes(yardstick) ?? true)
    .flatMap((yardstick) => {
      const level = levelFor(covers, yardstick)
      return level === undefined ? [] : [`${level} by ${NAMES[yardstick]}`]
    })
  return asked.join(', ') || 'given by each case'
}

function requirement(id: RequirementId): string {
  const { statement, sources, contested, probation } = loadRequirements().get(id)!
  const links = sources.map((source) => `[${plain(source.title)}](${source.url})`).join(', ')
  const dispute = contested === undefined ? '' : ` Contested: ${plain(contested)}`
  const trial = probation === undefined ? '' : ` On probation since ${probation}.`
  return `- \`${id}\`: ${sentence(statement)} ${links}${dispute}${trial}`
}

function sentence(text: string): string {
  return plain(/[.!?]$/.test(text) ? text : `${text}.`)
}

/** Markdown would take these for markup. */
function plain(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(/[<>*[\]|`]/g, (mark) => `\\${mark}`)
}
