// docs/observed.md, from specs/observed.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadYaml } from '../../src/base/parse-yaml.ts'
import { packageRoot } from '../../src/base/package-root.ts'
import { compareText } from '../../src/base/sort-text-and-ranks.ts'
import { disputeOfCounts } from '../../src/plan/requirements/recorded-traffic.ts'
import type { HostTraffic } from '../../src/plan/requirements/recorded-traffic.ts'

/** Failures that somebody looked at: by host and check, why they stay. */
type Upheld = Readonly<Record<string, Readonly<Record<string, string>>>>

const folder = join(packageRoot, 'specs', 'observed')

export function listHosts(): readonly HostTraffic[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .toSorted(compareText)
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as HostTraffic)
    .toSorted((a, b) => b.exchanges - a.exchanges || compareText(a.host, b.host))
}

export function readUpheld(): Upheld {
  const file = join(folder, 'upheld.yaml')
  return existsSync(file) ? (loadYaml().parse(readFileSync(file, 'utf8')) as Upheld) : {}
}

export function renderObserved(): string {
  const hosts = listHosts()
  const upheld = readUpheld()
  const openai = hosts.find(({ host }) => host === 'api.openai.com')
  return `${[
    '# Judged: recorded traffic',
    '',
    '<!-- Written by npm run observe from specs/observed; do not edit. -->',
    '',
    'What the checks of every exchange say of traffic with real endpoints that public projects recorded for',
    'their own tests. The traffic is not part of this project, its counts are: `specs/observed`. A check that',
    'fails OpenAI’s own traffic is wrong, or has to say why it is not. To repeat it, make JSON Lines of',
    '`{host, source, date, request, response}` from the recordings and run `npm run observe -- <folder>`, or',
    '`npm start -- judge FILE --contract openai` for one file.',
    '',
    '| endpoint | exchanges | months | by | checks passed | warned | failed |',
    '|---|---|---|---|---|---|---|',
    ...hosts.flatMap((host) =>
      Object.entries(host.outcomes).map(
        ([yardstick, { contract, passed, warned, failed }]) =>
          `| ${host.host} | ${host.exchanges} | ${host.first} to ${host.last} | ${yardstick === 'own' ? `own (${contract})` : 'OpenAI'} | ${passed} | ${warned.length} | ${Object.keys(failed).length} |`,
      ),
    ),
    '',
    '## What OpenAI’s own traffic contests',
    '',
    'A check that it breaks in more than one answer of a hundred is contested: at most a warning. Where it',
    'stopped breaking it, only what is older is.',
    '',
    '| check | contested |',
    '|---|---|',
    ...Object.entries(openai?.violated ?? {}).flatMap(([check, counts]) => {
      const dispute = disputeOfCounts(counts, 'api.openai.com')
      if (dispute === undefined) return []
      const when = dispute.before === undefined ? 'always' : `before ${dispute.before}`
      return [`| \`${check}\` | ${when}: ${dispute.words} |`]
    }),
    '',
    '## Failures, and why they stay',
    '',
    ...hosts.flatMap((host) => {
      const failed = Object.entries(host.outcomes).flatMap(([yardstick, { failed: some }]) =>
        Object.entries(some).map(([check, what]) => ({ yardstick, check, what })),
      )
      if (failed.length === 0) return []
      return [
        `### ${host.host}`,
        '',
        '| check | by | first place | why it stays |',
        '|---|---|---|---|',
        ...failed.map(
          ({ yardstick, check, what }) =>
            `| \`${check}\` | ${yardstick === 'own' ? 'own' : 'OpenAI'} | \`${what.replaceAll('|', '\\|').replaceAll('`', "'")}\` | ${upheld[host.host]?.[check] ?? 'nobody has looked at it'} |`,
        ),
        '',
      ]
    }),
    '## Where it was recorded',
    '',
    ...hosts.flatMap((host) => [
      `- ${host.host}: ${Object.entries(host.sources)
        .toSorted(([a, m], [b, n]) => n - m || compareText(a, b))
        .map(([name, count]) => `${name} (${count})`)
        .join(', ')}`,
    ]),
  ].join('\n')}\n`
}
