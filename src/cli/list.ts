// What there is: checks, scenarios, providers, requirements and their trace to checks.

import { loadContracts } from '../contract/load.ts'
import { loadReporters, loadSuites } from '../discover.ts'
import { OFF_BY_DEFAULT } from '../plan.ts'
import { loadRequirements } from '../requirements.ts'
import { traceRequirements } from '../trace.ts'

type Row = Readonly<Record<string, unknown>>

export async function listCommand(what: string, flags: { readonly json?: boolean }): Promise<void> {
  const rows = await LISTS[what]!()
  if (flags.json === true) process.stdout.write(JSON.stringify(rows, null, 2) + '\n')
  else process.stdout.write(rows.map(line).join('\n') + '\n')
}

function line(row: Row): string {
  return Object.values(row)
    .map((value) => (Array.isArray(value) ? value.join(', ') : String(value)))
    .filter((text) => text !== '')
    .join('  ')
}

const LISTS: Readonly<Record<string, () => Promise<readonly Row[]>>> = {
  async checks() {
    const suites = await loadSuites()
    return suites.flatMap(({ checks, families }) => [
      ...checks.map(({ id, title, kind, covers }) => ({ id, title, kind, covers })),
      ...families.map(({ id, title, covers }) => ({
        id: `${id}/*`,
        title,
        kind: 'family',
        covers,
      })),
    ])
  },
  async scenarios() {
    const suites = await loadSuites()
    const scenarios = new Map(
      suites.flatMap(({ checks }) =>
        checks.flatMap(({ scenario }) =>
          scenario === 'every' ? [] : [[scenario.id, scenario] as const],
        ),
      ),
    )
    return [...scenarios.values()]
      .toSorted((a, b) => (a.id < b.id ? -1 : 1))
      .map(({ id, title, tier, hinges, needs }) => ({
        id,
        title,
        tier,
        hinges,
        needs: needs ?? [],
      }))
  },
  async providers() {
    return loadContracts()
      .filter(({ profile }) => profile !== undefined)
      .map(({ id, profile, kind, edition }) => ({
        id,
        name: profile!.name,
        kind,
        endpoint: profile!.baseUrl ?? '(self-hosted: --base-url)',
        key: profile!.keyEnv,
        edition,
      }))
  },
  async requirements() {
    const trace = traceRequirements(await loadSuites(), loadContracts(), loadRequirements())
    return trace.map(({ requirement, checks, excuse }) => ({
      id: requirement.id,
      tier: requirement.tier,
      level: Object.entries(requirement.level).map(([yardstick, level]) => `${yardstick} ${level}`),
      checks,
      excuse: excuse === undefined ? '' : `not tested: ${excuse}`,
      statement: requirement.statement,
    }))
  },
  async suites() {
    const suites = await loadSuites()
    return suites.map(({ feature, checks, families }) => ({
      feature,
      checks: `${checks.length} checks`,
      families: families.map(({ id }) => id),
      note: OFF_BY_DEFAULT.includes(feature) ? 'off by default' : '',
    }))
  },
  async reporters() {
    return (await loadReporters()).map(({ name, title }) => ({ name, title }))
  },
}
