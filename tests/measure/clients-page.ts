// docs/clients-measured.md, from specs/clients: what each client needs, what breaks it, and what breaks none.

import { readFileSync } from 'node:fs'
import { loadImpact, isMeasuredHarmless, type Effect } from '../../src/clients/measured-impact.ts'
import { loadProfiles, type ClientProfile } from '../../src/clients/profile.ts'
import { NEEDS } from '../../suites/clients/needs/index.ts'
import { agreementFile } from './publish-agreement.ts'
import { languageOf, sumConfusions, type Confusion } from './confusion.ts'

const LETTERS: Readonly<Record<Effect, string>> = {
  works: '·',
  degraded: 'd',
  wrong: 'W',
  throws: 'T',
  hangs: 'H',
  loops: 'L',
}

type Counted = Readonly<Record<string, Confusion>>

interface Agreement {
  readonly flows?: Counted
  readonly blind?: Counted
  readonly servers: {
    readonly recorded: {
      readonly clients: { readonly clients: Counted }
      readonly replayed?: { readonly clients: Counted }
    }
  }
}

export function renderMeasuredClients(): string {
  const { measured, needs, checks } = loadImpact()
  const profiles = loadProfiles().toSorted(
    (a, b) => compare(languageOf(a.id), languageOf(b.id)) || compare(a.id, b.id),
  )
  const languages = [...new Set(profiles.map(({ id }) => languageOf(id)))]
  const ids = Object.keys(checks).toSorted(compare)
  const breaking = ids.filter((id) => Object.values(checks[id]!).some(isBroken))
  return `${[
    '# Clients, measured',
    '',
    '<!-- Written by npm run generate from specs/clients; do not edit. -->',
    '',
    `Each client against the reference provider, right and with one fault at a time, by ${measured}. What the words`,
    'mean, and how far the answers can be trusted, is in [clients](clients.md).',
    '',
    ...row(['language', 'client', 'package', 'version', 'captured', 'faults met', 'broken by']),
    ...rule(7),
    ...profiles.flatMap((profile) => row(describe(profile))),
    '',
    '## What each cannot do without',
    '',
    '`·` works, `d` only numbers of tokens or states are lost, `W` another result, `T` throws, `H` does not end, `L`',
    'asks again and again; empty: it does not meet the fault.',
    '',
    ...row(['need', ...profiles.map(({ id }) => id)]),
    ...rule(profiles.length + 1),
    ...NEEDS.flatMap(({ id }) =>
      row([
        `\`${id}\``,
        ...profiles.map((profile) => {
          const effect = needs[id]?.[profile.id]?.effect
          return effect === undefined ? '' : LETTERS[effect]
        }),
      ]),
    ),
    '',
    '## Failing checks, and how many clients they break',
    '',
    'The first mutant of each check: clients that it breaks, of those that meet it.',
    '',
    ...row(['check', ...languages]),
    ...rule(languages.length + 1),
    ...breaking.flatMap((id) =>
      row([`\`${id}\``, ...languages.map((language) => share(checks[id]!, language))]),
    ),
    '',
    '## Faults that no client minds',
    '',
    'At least five clients met the first mutant of these checks, and all of them went on as if nothing was:',
    '',
    ...ids
      .filter(isMeasuredHarmless)
      .map((id) => `- \`${id}\` (${Object.keys(checks[id]!).length} clients)`),
    '',
    '## Predicted and seen',
    '',
    'A cell is a fault or a server, a client and a flow. Right of decided, and of all.',
    '',
    ...renderAgreement(languages),
  ].join('\n')}\n`

  function describe({ id, package: name, version, captured }: ClientProfile): readonly string[] {
    const met = [...Object.values(needs), ...Object.values(checks)].flatMap((clients) =>
      clients[id] === undefined ? [] : [clients[id]],
    )
    const count = met.filter(isBroken).length
    return [languageOf(id), id, `\`${name}\``, version, captured, `${met.length}`, `${count}`]
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
const row = (cells: readonly string[]): readonly string[] => [`| ${cells.join(' | ')} |`]
const rule = (columns: number): readonly string[] => [`|${' --- |'.repeat(columns)}`]

const isBroken = ({ effect }: { readonly effect: Effect }): boolean =>
  effect !== 'works' && effect !== 'degraded'

function share(
  clients: Readonly<Record<string, { readonly effect: Effect }>>,
  language: string,
): string {
  const met = Object.entries(clients).filter(([client]) => languageOf(client) === language)
  const broken = met.filter(([, effect]) => isBroken(effect))
  return met.length === 0 ? '' : broken.length === 0 ? '·' : `${broken.length} of ${met.length}`
}

function renderAgreement(languages: readonly string[]): readonly string[] {
  const {
    flows = {},
    blind = {},
    servers,
  } = JSON.parse(readFileSync(agreementFile, 'utf8')) as Agreement
  const recorded = {
    ...servers.recorded.clients.clients,
    ...servers.recorded.replayed?.clients,
  }
  const of = (counted: Counted, language: string): string => {
    const own = Object.entries(counted).filter(([client]) => languageOf(client) === language)
    return showConfusion(sumConfusions(own.map(([, one]) => one)))
  }
  const clients = Object.keys({ ...flows, ...blind, ...recorded }).toSorted(compare)
  const one = (counted: Counted, client: string): string => showConfusion(counted[client])
  return [
    ...row([
      'language',
      'client',
      'faults that taught',
      'a draw that did not',
      'bytes of real servers',
    ]),
    ...rule(5),
    ...languages.flatMap((language) => [
      ...row([
        `**${language}**`,
        '',
        of(flows, language),
        of(blind, language),
        of(recorded, language),
      ]),
      ...clients
        .filter((client) => languageOf(client) === language)
        .flatMap((client) =>
          row(['', client, one(flows, client), one(blind, client), one(recorded, client)]),
        ),
    ]),
  ]
}

function showConfusion(counted: Confusion | undefined): string {
  if (counted === undefined || counted.cells === 0) return ''
  const { right, decided, cells } = counted
  const percent = (of: number): string => `${((100 * right) / of).toFixed(1)} %`
  return `${percent(decided)} of ${decided}, ${percent(cells)} of ${cells}`
}
