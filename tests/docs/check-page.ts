// The page of one check, or of a family: what it asks, who says so, right and wrong, and what to do.

import { placeOf } from '../../reporters/common/failure-report.ts'
import { excerptOf } from '../../src/cli/terminal/excerpt.ts'
import { createCheckDemo, type CheckDemo } from '../../src/run/check-demo.ts'
import { impactOf, loadImpact } from '../../src/clients/impact.ts'
import type { Suite } from '../../src/plan/load-suites.ts'
import { disputeOfAll, levelOfAll, loadRequirements } from '../../src/plan/requirements.ts'
import type { Check, Json, RequirementId, WireRequest, Yardstick } from '../../src/types/index.ts'
import { fenced, escapePlain, sentence, formatMarkdownTable } from './markup.ts'
import { steady } from './steady.ts'

/** A check as the catalogue has it; for a family one of its cases, and the names of all. */
export interface CheckEntry {
  /** `<suite>/<name>` */
  readonly id: string
  readonly title: string
  readonly covers: readonly RequirementId[]
  readonly check: Check
  readonly cases?: readonly string[]
}

export const YARDSTICK_LABELS: Readonly<Record<Yardstick, string>> = {
  own: 'own documents',
  openai: 'OpenAI',
  'open-responses': 'Open Responses',
}
const KINDS: Readonly<Record<Check['kind'], string>> = {
  wire: 'It judges what is on the wire, whatever the model says.',
  forced: 'The request leaves the model no choice.',
  behavioural: 'It needs the model to cooperate, and asks again before it concludes anything.',
}

export async function checkPage(entry: CheckEntry, suites: readonly Suite[]): Promise<string> {
  const { id, title, cases, check } = entry
  const found = await createCheckDemo(check, suites)
  const demo = found === undefined ? undefined : steady(found)
  return [
    `# ${id}${cases === undefined ? '' : '/*'}`,
    '',
    cases === undefined
      ? sentence(title)
      : `A family of ${cases.length} checks, one for each of the cases at the end of this page: ${escapePlain(title)}.`,
    '',
    ...formatMarkdownTable(
      Object.values(YARDSTICK_LABELS).map((name) => `by ${name}`),
      [levels(entry).map((level) => level ?? 'not asked')],
    ),
    '',
    '## What is asked',
    '',
    ...asked(entry, demo),
    '',
    '## What must hold',
    ...entry.covers.flatMap(requirement),
    '',
    '## Why it matters',
    '',
    ...reasons(check),
    ...(demo === undefined ? [] : ['', ...rightAndWrong(demo, check.title)]),
    '',
    '## See it',
    '',
    ...fenced('sh', [
      `npx responses-conformance run … --check ${cases === undefined ? id : `'${id}/*'`}   # your endpoint, this alone`,
      `npx responses-conformance serve --mutant ${check.id}   # a provider that is wrong in this way`,
      `npx responses-conformance explain ${check.id}   # this page, offline`,
    ]),
    '',
    '## Dispute it',
    '',
    'A failure shows the evidence file with the request and the bytes that came. If the sentence, the evidence or the',
    `request is wrong, say which, with the target and \`${id}\`: [how a vendor disputes a`,
    'cell](../../policy.md#how-a-vendor-disputes-a-cell).',
    ...(cases === undefined ? [] : ['', '## Cases', '', ...cases.map((name) => `- \`${name}\``)]),
    '',
  ].join('\n')
}

/** In the order of `YARDSTICKS`. */
export function levels({ covers, check }: CheckEntry): readonly (string | undefined)[] {
  return (Object.keys(YARDSTICK_LABELS) as Yardstick[]).map((yardstick) => {
    if (check.only?.includes(yardstick) === false) return undefined
    const level = levelOfAll(covers, yardstick)
    return level === 'must' && disputeOfAll(covers, yardstick) !== undefined
      ? 'contested, so a warning'
      : level
  })
}

function asked({ check, cases }: CheckEntry, demo: CheckDemo | undefined): readonly string[] {
  const { scenario, mutant } = check
  const shown = scenario === 'every' ? mutant.on : scenario
  const needs = scenario === 'every' ? [] : (scenario.needs ?? [])
  const for_ = cases === undefined ? '' : ` (for \`${check.id}\`)`
  return [
    scenario === 'every'
      ? `Every exchange of a run is judged. ${KINDS[check.kind]} Here shown in \`${shown?.id}\`: ${sentence(shown?.title ?? '')}`
      : `\`${scenario.id}\`${for_}: ${sentence(scenario.title)} ${KINDS[check.kind]}`,
    ...(needs.length === 0 ? [] : ['', `It needs ${needs.join(', ')}; without, it is not asked.`]),
    ...(demo?.requests ?? []).flatMap(({ step, request }, _, { length }) => [
      '',
      ...(length > 1 ? [`Step \`${step}\`:`, ''] : []),
      ...fenced('http', sent(request)),
    ]),
  ]
}

function sent({
  method,
  path,
  query = [],
  headers,
  body,
  transport,
  credential,
}: WireRequest): readonly string[] {
  const search = query.map(([name, value]) => `${name}=${value}`).join('&')
  const head = `${transport === 'websocket' ? 'WebSocket' : method} ${path}${search === '' ? '' : `?${search}`}`
  const more = Object.entries(headers ?? {}).map(([name, value]) => `${name}: ${value}`)
  const key =
    credential === undefined || credential === 'first'
      ? []
      : [`authorization: (${credential === 'none' ? 'no key' : `the ${credential} key`})`]
  if (body === undefined) return [head, ...key, ...more]
  if ('json' in body) return [head, ...key, ...more, '', ...pretty(body.json)]
  if ('raw' in body)
    return [head, ...key, `content-type: ${body.contentType}`, ...more, '', short(body.raw)]
  return [
    head,
    ...key,
    'content-type: multipart/form-data',
    ...more,
    '',
    ...body.multipart.map(
      ({ name, value, filename }) =>
        `${name}: ${filename === undefined ? '' : `${filename}, `}${short(value)}`,
    ),
  ]
}

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

function requirement(id: RequirementId): readonly string[] {
  const { statement, sources, contested, probation, level, preconditions } =
    loadRequirements().get(id)!
  const says = (Object.keys(YARDSTICK_LABELS) as Yardstick[]).flatMap((yardstick) =>
    level[yardstick] === undefined ? [] : [`${level[yardstick]} by ${YARDSTICK_LABELS[yardstick]}`],
  )
  return [
    '',
    `> ${sentence(statement)}`,
    '',
    `\`${id}\`: ${says.join(', ') || 'by nobody'}${preconditions.length === 0 ? '' : `, where: ${preconditions.join(', ')}`}.`,
    ...(contested === undefined ? [] : [`Contested: ${sentence(contested)}`]),
    ...(probation === undefined ? [] : [`On probation since ${probation}.`]),
    '',
    ...sources.map(({ title, url }) => `- [${escapePlain(title)}](${url})`),
  ]
}

function reasons(check: Check): readonly string[] {
  const measured = impactOf(check.id)
  const story = `How a provider comes to do it: ${escapePlain(check.mutant.story)}.`
  if (measured === undefined) return ['No client was measured on this fault.', '', story]
  const { clients } = loadImpact()
  return [
    ...(measured.length === 0
      ? ['No client that met this fault minded: specification only.']
      : formatMarkdownTable(
          ['client', 'version', 'what becomes of it'],
          measured
            .toSorted((one, other) => one.client.localeCompare(other.client))
            .map(({ client, effect }) => [client, clients[client] ?? '', effect]),
        )),
    '',
    story,
  ]
}

function rightAndWrong({ good, bad, finding }: CheckDemo, title: string): readonly string[] {
  return [
    '## Right and wrong',
    '',
    `The reference provider, right (HTTP ${good.status}):`,
    '',
    ...fenced('text', excerptOf(good, finding)),
    '',
    `and wrong (HTTP ${bad.status}):`,
    '',
    ...fenced('text', excerptOf(bad, finding)),
    '',
    'What a run says about the second:',
    '',
    ...fenced('text', [
      `${finding.message ?? `Does not hold: ${title}`}`,
      '',
      `expected   ${finding.expected}`,
      `actual     ${finding.actual}`,
      `where      ${placeOf(finding)}`,
    ]),
  ]
}
