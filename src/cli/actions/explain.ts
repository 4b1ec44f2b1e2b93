// What a check or a requirement is, who asks for it, and what it looks like when it is broken.

import { wrapText } from '../../../reporters/common/text-table.ts'
import { escapeControls } from '../../../reporters/common/escape.ts'
import { YARDSTICK_NAMES } from '../../../reporters/common/labels.ts'
import { impactOf } from '../../clients/impact.ts'
import { loadContract, loadContracts } from '../../contract/file/load.ts'
import { loadSuites, type Suite } from '../../plan/load-suites.ts'
import { createUnknownNameError } from '../../base/closest-name.ts'
import { casesOf, acceptanceCheckIdOf } from '../../plan/plan.ts'
import { show } from '../../base/json.ts'
import { loadRequirements } from '../../plan/requirements.ts'
import { YARDSTICKS } from '../../base/sort-order.ts'
import { traceRequirements } from '../../plan/trace.ts'
import type { Check, Feature, Requirement, Step } from '../../types/index.ts'
import { excerptOf } from '../terminal/excerpt.ts'
import { createCheckDemo } from '../../run/check-demo.ts'
import type { ListFlags } from './list.ts'

export type ExplainFlags = Pick<ListFlags, 'load'>

type Lines = readonly string[]

export async function executeExplain(id: string, { load }: ExplainFlags): Promise<void> {
  const suites = await loadSuites(load)
  const requirement = loadRequirements().get(id)
  const lines =
    requirement === undefined ? await aboutCheck(id, suites) : aboutRequirement(requirement, suites)
  process.stdout.write(`${lines.map((line) => escapeControls(line)).join('\n')}\n`)
}

// ── a requirement ────────────────────────────────────────────────────────────

function aboutRequirement(requirement: Requirement, suites: readonly Suite[]): Lines {
  const { checks = [] } =
    traceRequirements(suites, loadContracts(), loadRequirements()).find(
      (each) => each.requirement.id === requirement.id,
    ) ?? {}
  return [
    ...told(requirement),
    '',
    ...(requirement.untestable === undefined
      ? []
      : [...said(`Not tested: ${requirement.untestable}`), '']),
    `Shown by: ${checks.length === 0 ? 'no check' : ''}`,
    ...checks.map((check) => `  ${check}`),
    ...(checks[0] === undefined ? [] : ['', `responses-conformance explain ${checks[0]}`]),
  ]
}

function told({
  id,
  statement,
  level,
  tier,
  sources,
  contested,
  preconditions,
}: Requirement): Lines {
  const levels = YARDSTICKS.flatMap((yardstick) =>
    level[yardstick] === undefined ? [] : [`${YARDSTICK_NAMES[yardstick]}: ${level[yardstick]}`],
  )
  return [
    id,
    ...said(statement),
    ...said(`${levels.join(' · ')} (${tier})`),
    ...preconditions.flatMap((condition) => said(`Where: ${condition}`)),
    ...(contested === undefined ? [] : said(`Contested: ${contested}`)),
    ...sources.map(({ title, url }) => `  ${title}: ${url}`),
  ]
}

// ── a check ──────────────────────────────────────────────────────────────────

interface Found {
  readonly check: Check
  readonly feature: Feature
  /** The whole family, when it was asked for and not one of its cases. */
  readonly family?: { readonly id: string; readonly cases: number }
}

async function aboutCheck(id: string, suites: readonly Suite[]): Promise<Lines> {
  const { check, feature, family } = find(id, suites)
  const { scenario, mutant } = check
  const asked = scenario === 'every' ? mutant.on : scenario
  const clients = impactOf(check.id) ?? []
  const requirements = check.covers.flatMap((each) => loadRequirements().get(each) ?? [])
  const demo = await createCheckDemo(check, suites)
  return [
    ...(family === undefined
      ? [id]
      : [`${family.id}/*: ${family.cases} checks, one of which is`, check.id]),
    ...said(check.title),
    ...said(`${KINDS[check.kind]} Suite ${feature}.`),
    '',
    'Asked',
    ...(scenario === 'every' ? said('Every exchange of every scenario is judged.') : []),
    ...(asked === undefined
      ? []
      : said(
          `${asked.id}: ${asked.title} (steps: ${Object.keys(asked.steps as Record<string, Step>).join(', ')})`,
        )),
    '',
    'Required by',
    ...requirements.flatMap((requirement) => told(requirement).map((line) => `  ${line}`)),
    '',
    'Why it matters',
    ...(clients.length === 0
      ? said('No measured client is known to break over it: a matter of the specification.')
      : clients.flatMap(({ client, effect }) => said(`${client}: ${effect}`))),
    ...said(`How a provider comes to break it: ${mutant.story}`),
    ...(demo === undefined ? [] : ['', ...exhibit(demo)]),
    '',
    'Alone',
    `  responses-conformance run TARGET --check ${family === undefined ? id : `'${family.id}/*'`}`,
    `  responses-conformance serve --mutant ${check.id}   (a provider that is wrong in this way)`,
    '',
    'Wrong about your endpoint?',
    ...said(
      'Say which of the three is wrong, the sentence, the evidence or the request: docs/policy.md, "How a vendor disputes a cell".',
    ),
  ]
}

const KINDS: Readonly<Record<Check['kind'], string>> = {
  wire: 'Judges the wire, whatever the model says.',
  forced: 'The request leaves the model no choice.',
  behavioural: 'Needs the model to cooperate; it is asked again before anything is concluded.',
}

function find(id: string, suites: readonly Suite[]): Found {
  const gate = suites
    .flatMap(({ checks }) => checks)
    .find((check) => check.acceptanceCheck === true && check.scenario === 'every')
  const contracts = ['openai', 'open-responses', 'reference'].map(loadContract)
  const known: string[] = [...loadRequirements().keys()]
  for (const { feature, checks, families } of suites) {
    if (gate !== undefined && id === acceptanceCheckIdOf(gate.id, feature))
      return { check: gate, feature }
    if (gate !== undefined) known.push(acceptanceCheckIdOf(gate.id, feature))
    for (const check of checks) {
      if (check.id === id) return { check, feature }
      known.push(check.id)
    }
    for (const family of families) {
      const cases = contracts.flatMap((contract) => casesOf(family, contract))
      const one = cases.find((check) => check.id === id)
      if (one !== undefined) return { check: one, feature }
      const [first] = cases
      const distinct = new Set(cases.map((check) => check.id))
      if (first !== undefined && id.replace(/\/\*?$/, '') === family.id) {
        return { check: first, feature, family: { id: family.id, cases: distinct.size } }
      }
      known.push(family.id, ...distinct)
    }
  }
  throw createUnknownNameError(
    'check or requirement',
    id,
    known,
    '"list checks" and "list requirements" show all, --load adds your own.',
  )
}

// ── right and wrong ──────────────────────────────────────────────────────────

function exhibit({
  finding,
  good,
  bad,
}: NonNullable<Awaited<ReturnType<typeof createCheckDemo>>>): Lines {
  const { request } = bad
  const body =
    request.body !== undefined && 'json' in request.body ? show(request.body.json, 400) : ''
  return [
    'For example (the reference provider, right and wrong)',
    ...said(`${request.method} ${request.path} ${body}`),
    `  right, HTTP ${good.status}`,
    ...excerptOf(good, finding).map(inset),
    `  wrong, HTTP ${bad.status}`,
    ...excerptOf(bad, finding).map(inset),
    ...said(
      `The finding, at ${finding.at || '/'}${finding.place === undefined ? '' : ` (${finding.place})`}: expected ${finding.expected}, got ${finding.actual}`,
    ),
    ...(finding.message === undefined ? [] : said(finding.message)),
  ]
}

const WIDTH = 100

function inset(line: string): string {
  return `    ${line}`
}

function said(text: string): Lines {
  return wrapText(text, WIDTH - 2).map((line) => `  ${line}`)
}
