// Writes docs/peers.md: what each suite found, missed and wrongly accused, and what it took.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { packageRoot } from '../src/base/package-root.ts'
import type { Dialect } from '../src/types/index.ts'
import type { Peer, Said } from './ask-peers.ts'

/** What a suite said of one server, and what it took: seconds of one run, requests and tokens as the server saw them. */
export interface PeerAnswer extends Said {
  readonly seconds: number
  readonly requests: number
  readonly tokens: number
  /** Why it said nothing. */
  readonly error?: string
}

/** By the suite's name. */
type Answers = Readonly<Record<string, PeerAnswer>>

interface Wrong {
  readonly name: string
  readonly story: string
  /** Whether it is about how an HTTP body is sent: over a WebSocket it would break the frames, which accuses nobody. */
  readonly isWire: boolean
  /** Of the other suites. */
  readonly answers: Answers
}

/** One run of the comparison. */
export interface PeersMeasured {
  readonly date: string
  readonly node: string
  readonly peers: readonly Omit<Peer, 'ask'>[]
  readonly right: Readonly<Record<Dialect, Answers>>
  readonly servers: readonly {
    readonly id: string
    readonly name: string
    readonly version: string
    readonly mode: string
    readonly answers: Answers
  }[]
  /** `ours`: what this project's plain command says, as `fails errors/is-json and 2 more`. */
  readonly faults: readonly (Wrong & { readonly ours: string })[]
  readonly storiesInAll: number
  readonly legal: readonly Wrong[]
}

interface ByHand {
  /** Assertions of others that accuse a right server, by suite: why. */
  readonly wrong: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** What a suite does better than this project. */
  readonly better: Readonly<Record<string, string>>
  /** Suites that were run by hand, or only read. */
  readonly apart: readonly { readonly name: string; readonly is: string; readonly seen: string }[]
}

export const OURS = 'this project'

/** What the tables of the page share: a column for each suite. */
function createTable({ peers, right }: Pick<PeersMeasured, 'peers' | 'right'>) {
  const names = peers.map(({ name }) => name)
  const others = names.filter((name) => name !== OURS)
  const known = (name: string): ReadonlySet<string> =>
    new Set(Object.values(right).flatMap((answers) => answers[name]?.failing ?? []))
  const added = (name: string, answers: Answers, isWire = false): readonly string[] =>
    (answers[name]?.failing ?? []).filter(
      (id) => !known(name).has(id) && !(isWire && id.startsWith('websocket-')),
    )
  const row = (title: string, cell: (name: string) => string): string =>
    `| ${[title, ...names.map(cell)].join(' | ')} |`
  const head = `| | ${names.join(' | ')} |\n|---|${names.map(() => '---|').join('')}`
  const count = (list: readonly Wrong[], name: string): string =>
    `${list.filter(({ answers, isWire }) => added(name, answers, isWire).length > 0).length} of ${list.length}`
  const both = (name: string, read: (answer: PeerAnswer) => string): string =>
    [...new Set(Object.values(right).map((answers) => read(answers[name]!)))].join(' / ')
  return { names, others, added, head, row, count, both }
}

/** The main table, for README as well. */
export function renderPeersTable({ peers, right, faults, legal }: PeersMeasured): string {
  const { head, row, count, both } = createTable({ peers, right })
  const told = faults.filter(({ ours }) => ours.startsWith('fails')).length
  const warned = faults.filter(({ ours }) => ours.startsWith('warns')).length
  return [
    head,
    row('verdicts about the Responses API', (name) =>
      both(name, ({ judged }) => String(judged.length)),
    ),
    row('fail on the right server', (name) => both(name, ({ failing }) => String(failing.length))),
    row('bugs found', (name) =>
      name === OURS ? `${told}, and ${warned} warned of, of ${faults.length}` : count(faults, name),
    ),
    row('servers that differ and break no rule, accused', (name) =>
      name === OURS ? 'none, by its tests' : count(legal, name),
    ),
    row('requests of one run', (name) => both(name, ({ requests }) => String(requests))),
    row('tokens of one run', (name) => both(name, ({ tokens }) => String(tokens))),
    row('seconds of one run, at a load of 30 on two cores', (name) =>
      both(name, ({ seconds }) => seconds.toFixed(1)),
    ),
  ].join('\n')
}

export function renderPeers(measured: PeersMeasured): string {
  const { date, node, peers, faults, legal, servers, storiesInAll } = measured
  const hand = parse(
    readFileSync(join(packageRoot, 'benchmarks/peers-by-hand.yaml'), 'utf8'),
  ) as ByHand
  const { names, others, added, head, row } = createTable(measured)
  const faultTable = (list: readonly Wrong[], ours: (wrong: Wrong) => string): string =>
    [
      head.replace('| |', '| provider |'),
      ...list.map((wrong) =>
        row(`${wrong.name}: ${escapeCell(wrong.story)}`, (name) =>
          name === OURS ? ours(wrong) : some(added(name, wrong.answers, wrong.isWire)),
        ),
      ),
    ].join('\n')

  return `# Peers, compared

Each suite was asked of the same servers on ${date}, with its own defaults, as its help says, one after another, through a
proxy that counts requests to the Responses API and the tokens that answers tell of. Node ${node}, two cores that other work
shared: seconds say little, counts much. \`npm run bench:peers\` writes this page; what was read by hand stands in
\`benchmarks/peers-by-hand.yaml\`.

${['| suite | version | had from | asked by |', '|---|---|---|---|', ...peers.map(({ name, version, from, command }) => `| ${name} | ${version} | ${from} | \`${command}\` |`)].join('\n')}

What a suite says of other APIs, of the model's abilities and of speed is left out. For this project the yardstick is
OpenAI, and only failures count, no warnings.

## In one table

The right server is this project's reference provider, in both dialects; "a / b" is OpenAI's and Open Responses'. The bugs are
${faults.length} of the ${storiesInAll} that somebody reported in public and that were rebuilt as faults of the reference
(\`tests/field/known-bugs\`), drawn by their place in the list. Found is what fails there and not on the right server. Their authors
are this project's, and checks were written for some of them, which helps this project; its column is what its plain command
said of each (\`default-runs.yaml\` there), with the model that reasons and the second key. That no server which breaks no
rule is accused by this project is held by its tests, on the same list, so that it says little. Where a provider differs in how
it sends bytes over HTTP, tests over a WebSocket are left out.

${renderPeersTable(measured)}

## What each does better

${others.map((name) => `- **${name}**: ${hand.better[name] ?? 'nothing that was noticed'}`).join('\n')}

## Accusations that do not hold

${names
  .flatMap((name) =>
    Object.entries(hand.wrong[name] ?? {}).map(([id, why]) => `- ${name}, \`${id}\`: ${why}`),
  )
  .join('\n')}

What readers did not uphold of this project's accusations of real servers stands in [matrix/reviewed.md](../matrix/reviewed.md).

## Real servers

Assertions that fail, of those that pass on the right server. A number says nothing of who is right: what this project says of
these set-ups was read by hand ([matrix/reviewed.md](../matrix/reviewed.md)), what the others say was not. This project was asked
as a stranger would, without \`--lacks\`, so that canned answers count against a server here. A server without
WebSocket fails seven tests of Open Responses' suite.

${[
  head.replace('| |', '| server |'),
  ...servers.map(({ name: server, version, mode, answers }) =>
    row(`${server} ${version}${mode === '' ? '' : `, ${mode}`}`, (name) => {
      const answer = answers[name]
      return answer?.error === undefined ? String(added(name, answers).length) : 'did not end'
    }),
  ),
].join('\n')}

${servers
  .map(
    ({ name: server, answers }) =>
      `**${server}**\n\n${others
        .map(
          (name) =>
            `- ${name}: ${
              added(name, answers)
                .map((id) => `\`${id}\``)
                .join(', ') || 'nothing'
            }`,
        )
        .join('\n')}`,
  )
  .join('\n\n')}

## Run by hand, or read

${hand.apart.map(({ name, is, seen }) => `- **${name}**: ${is} ${seen}`).join('\n')}

## Bugs that somebody met

${faultTable(faults, (wrong) => faults.find(({ name }) => name === wrong.name)!.ours)}

## Servers that differ and break no rule

${faultTable(legal, () => '–')}
`
}

function some(list: readonly string[]): string {
  if (list.length === 0) return '–'
  const [first, ...rest] = list
  return `\`${first}\`${rest.length > 0 ? ` and ${rest.length} more` : ''}`
}

function escapeCell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;')
}
