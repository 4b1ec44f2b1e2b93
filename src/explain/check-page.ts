// The page of one check or family: what it asks, who says so, right and wrong, and what to do. `explain`
// prints it and the site shows it.

import type { Block } from '../../reporters/common/blocks.ts'
import { excerptOf } from '../../reporters/common/excerpt.ts'
import { placeOf } from '../../reporters/common/failure-report.ts'
import { YARDSTICK_NAMES } from '../../reporters/common/labels.ts'
import { describeSource } from '../../reporters/common/source-words.ts'
import { YARDSTICK_LABELS } from '../base/sort-text-and-ranks.ts'
import { impactOf, loadImpact } from '../clients/measured-impact.ts'
import { findInCatalogue, type CatalogueEntry } from '../plan/find-check-by-name.ts'
import type { Suite } from '../plan/load-suites-and-reporters.ts'
import { nameMutants } from '../plan/mutant-names.ts'
import {
  disputeOfAll,
  levelOfAll,
  loadRequirements,
} from '../plan/requirements/requirement-catalogue.ts'
import type { Check, CheckId, Json, Requirement, WireRequest } from '../types/index.ts'
import { createCheckDemo, type CheckDemo } from './check-demo.ts'
import { makeSteady } from './steady-demo.ts'

const KINDS: Readonly<Record<Check['kind'], string>> = {
  wire: 'It judges what is on the wire, whatever the model says.',
  forced: 'The request leaves the model no choice.',
  behavioural: 'It needs the model to cooperate, and asks again before it concludes anything.',
}

/** Asks the reference provider twice, right and wrong, for the example; nothing leaves the machine. */
export async function describeCheck(
  entry: CatalogueEntry,
  suites: readonly Suite[],
): Promise<readonly Block[]> {
  const { id, title, cases, check } = entry
  const found = await createCheckDemo(check, suites)
  const demo = found === undefined ? undefined : makeSteady(found)
  const requirements = entry.covers.flatMap((each) => loadRequirements().get(each) ?? [])
  return [
    {
      text:
        cases === undefined
          ? sentence(title)
          : `A family of ${cases.length} checks, one for each of the cases below: ${title}.`,
    },
    {
      columns: YARDSTICK_LABELS.map((each) => `by ${YARDSTICK_NAMES[each]}`),
      rows: [levels(entry)],
    },
    { heading: 'What is asked' },
    ...asked(entry, demo),
    { heading: 'What must hold' },
    ...requirements.flatMap(describeRequirement),
    { heading: 'Why it matters' },
    ...reasons(check),
    ...(demo === undefined ? [] : rightAndWrong(demo, check.title)),
    { heading: 'See it' },
    {
      code: [
        `npx responses-conformance run … --check ${cases === undefined ? id : `'${id}/*'`}   # your endpoint, this alone`,
        ...nameMutants(check).map(
          ([name]) =>
            `npx responses-conformance serve --mutant ${name.includes('#') ? `'${name}'` : name}   # a provider that is wrong in this way`,
        ),
      ],
    },
    { heading: 'Dispute it' },
    {
      text: `A failure shows the evidence file with the request and the bytes that came. If the sentence, the evidence or the request is wrong, say which, with the target and \`${id}\`: docs/policy.md, "How a vendor disputes a cell".`,
    },
    ...(cases === undefined
      ? []
      : [{ heading: 'Cases' }, { items: cases.map((name) => `\`${name}\``) }]),
  ]
}

/** The pages of those checks that the suites have, by id. */
export async function describeChecks(
  ids: readonly CheckId[],
  suites: readonly Suite[],
): Promise<ReadonlyMap<CheckId, readonly Block[]>> {
  const pages = new Map<CheckId, readonly Block[]>()
  const queue = ids.values()
  /** Each page starts two servers of its own, so a few are written at once and not all. */
  async function work(): Promise<void> {
    for (const id of queue) {
      const entry = findInCatalogue(id, suites)
      if (entry !== undefined) pages.set(id, await describeCheck(entry, suites))
    }
  }
  await Promise.all([work(), work(), work(), work()])
  return pages
}

/** The sentence with its levels, conditions, disputes and sources. */
export function describeRequirement(requirement: Requirement): readonly Block[] {
  const { id, statement, sources, contested, probation, level, preconditions } = requirement
  const says = YARDSTICK_LABELS.flatMap((yardstick) =>
    level[yardstick] === undefined ? [] : [`${level[yardstick]} by ${YARDSTICK_NAMES[yardstick]}`],
  )
  const needed = level.clients === undefined ? [] : [`${level.clients} for client programs`]
  const where = preconditions.length === 0 ? '' : `, where: ${preconditions.join(', ')}`
  return [
    { quote: sentence(statement) },
    { text: `\`${id}\`: ${[...says, ...needed].join(', ') || 'by nobody'}${where}.` },
    ...(contested === undefined ? [] : [{ text: `Contested: ${sentence(contested)}` }]),
    ...(probation === undefined ? [] : [{ text: `On probation since ${probation}.` }]),
    { links: sources.map((source) => ({ title: describeSource(source), url: source.url })) },
  ]
}

/** In the order of `YARDSTICKS`. */
function levels({ covers, check }: CatalogueEntry): readonly string[] {
  return YARDSTICK_LABELS.map((yardstick) => {
    if (check.only?.includes(yardstick) === false) return 'not asked'
    const level = levelOfAll(covers, yardstick)
    if (level === 'must' && disputeOfAll(covers, yardstick) !== undefined) {
      return 'contested, so a warning'
    }
    return level ?? 'not asked'
  })
}

function asked({ check, cases }: CatalogueEntry, demo: CheckDemo | undefined): readonly Block[] {
  const { scenario, mutants } = check
  const shown = scenario === 'every' ? mutants[0].on : scenario
  const needs = scenario === 'every' ? [] : (scenario.needs ?? [])
  const for_ = cases === undefined ? '' : ` (for \`${check.id}\`)`
  return [
    {
      text:
        scenario === 'every'
          ? `Every exchange of a run is judged. ${KINDS[check.kind]} Here shown in \`${shown?.id}\`: ${sentence(shown?.title ?? '')}`
          : `\`${scenario.id}\`${for_}: ${sentence(scenario.title)} ${KINDS[check.kind]}`,
    },
    ...(needs.length === 0
      ? []
      : [{ text: `It needs ${needs.join(', ')}; without, it is not asked.` }]),
    ...(demo?.asked ?? []).flatMap(({ step, request }, _, { length }) => [
      ...(length > 1 ? [{ text: `Step \`${step}\`:` }] : []),
      { code: sent(request) },
    ]),
  ]
}

function sent(request: WireRequest): readonly string[] {
  const { method, path, query = [], headers, body, transport, credential } = request
  const search = query.map(([name, value]) => `${name}=${value}`).join('&')
  const first = `${transport === 'websocket' ? 'WebSocket' : method} ${path}${search === '' ? '' : `?${search}`}`
  const key =
    credential === undefined || credential === 'first'
      ? []
      : [`authorization: (${credential === 'none' ? 'no key' : `the ${credential} key`})`]
  const more = Object.entries(headers ?? {}).map(([name, value]) => `${name}: ${value}`)
  if (body === undefined) return [first, ...key, ...more]
  if ('json' in body) return [first, ...key, ...more, '', ...pretty(body.json)]
  if ('raw' in body) {
    return [first, ...key, `content-type: ${body.contentType}`, ...more, '', short(body.raw)]
  }
  const fields = body.multipart.map(
    ({ name, value, filename }) =>
      `${name}: ${filename === undefined ? '' : `${filename}, `}${short(value)}`,
  )
  return [first, ...key, 'content-type: multipart/form-data', ...more, '', ...fields]
}

/** A longer request is cut after so many lines. */
const LINES = 60

function pretty(value: Json): readonly string[] {
  const text = JSON.stringify(
    value,
    (_, each: unknown) => (typeof each === 'string' ? short(each) : each),
    2,
  )
  // A list of words is easier to read in one line.
  const lines = text
    .replaceAll(
      /\[\s+([^[\]{}]*?)\s+\]/g,
      (_, inner: string) => `[${inner.replaceAll(/,\n\s+/g, ', ')}]`,
    )
    .split('\n')
  return lines.length <= LINES
    ? lines
    : [...lines.slice(0, LINES), `… (${lines.length - LINES} lines more)`]
}

function short(text: string): string {
  return text.length <= 160 ? text : `${text.slice(0, 120)}… (${text.length} characters)`
}

function reasons(check: Check): readonly Block[] {
  const measured = impactOf(check.id)
  const stories = check.mutants.map(({ story }) => story)
  const story: Block = { text: `How a provider comes to do it: ${stories.join('; ')}.` }
  if (measured === undefined)
    return [{ text: 'Not measured: too few clients, or none, met this fault.' }, story]
  if (measured.length === 0) {
    return [{ text: 'No client that met this fault minded: specification only.' }, story]
  }
  const { clients } = loadImpact()
  const rows = measured
    .toSorted((one, other) => one.client.localeCompare(other.client))
    .map(({ client, effect }) => [client, clients[client] ?? '', effect])
  return [{ columns: ['client', 'version', 'what becomes of it'], rows }, story]
}

function rightAndWrong({ good, bad, finding }: CheckDemo, title: string): readonly Block[] {
  return [
    { heading: 'Right and wrong' },
    { text: `The reference provider, right (HTTP ${good.status}):` },
    { code: excerptOf(good, finding) },
    { text: `and wrong (HTTP ${bad.status}):` },
    { code: excerptOf(bad, finding) },
    { text: 'What a run says about the second:' },
    {
      code: [
        finding.message ?? `Does not hold: ${title}`,
        '',
        `expected   ${finding.expected}`,
        `actual     ${finding.actual}`,
        `where      ${placeOf(finding)}`,
      ],
    },
  ]
}

/** Begins with a capital, unless it begins with the name of a field, and ends with a full stop. */
function sentence(text: string): string {
  const ended = /[.!?]$/.test(text) ? text : `${text}.`
  const isWord = /^[a-z]+(?=[ ,:]|$)/.test(ended)
  return isWord ? ended[0]!.toUpperCase() + ended.slice(1) : ended
}
