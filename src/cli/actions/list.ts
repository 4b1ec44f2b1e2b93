// The command `list`: checks, scenarios, providers, and requirements with the checks that cover them.

import { listClientsByLanguage } from '../../drivers/clients-of-language.ts'
import { loadContracts } from '../../contract/file/load.ts'
import { loadReporters, loadSuites, type Suite } from '../../plan/load-suites-and-reporters.ts'
import { OFF_BY_DEFAULT } from '../../plan/selection.ts'
import { loadRequirements } from '../../plan/requirements/requirement-catalogue.ts'
import { traceRequirements } from '../../plan/trace.ts'
import { checkNames } from '../../base/closest-name.ts'
import { getEnvironment } from '../../base/current-environment.ts'

export interface ListFlags {
  readonly json?: boolean
  readonly suite?: string
  /** ES modules with checks and reporters of one's own. */
  readonly load?: readonly string[]
}

type Row = Readonly<Record<string, unknown>>

export async function executeList(what: string, flags: ListFlags): Promise<void> {
  const suites = await loadSuites(flags.load)
  if (flags.suite !== undefined) {
    checkNames(
      [flags.suite],
      suites.map(({ feature }) => feature),
      'suite',
    )
  }
  const rows = (await LISTS[what]!(suites, flags.load)).filter((row) => isOf(row, flags.suite))
  if (flags.json === true) getEnvironment().stdout.write(JSON.stringify(rows, null, 2) + '\n')
  else getEnvironment().stdout.write(rows.map(line).join('\n') + '\n')
}

/** Checks and scenarios are named after their suite; a requirement belongs to the checks that show it. */
function isOf({ id, checks }: Row, suite: string | undefined): boolean {
  if (suite === undefined) return true
  const names = Array.isArray(checks) ? (checks as readonly string[]) : [String(id)]
  return names.some((name) => name.startsWith(`${suite}/`))
}

/** One line; for a requirement a second one with its checks. */
function line(row: Row): string {
  const { checks, statement, ...rest } = row
  const text = (values: Row): string =>
    Object.values(values)
      .map((value) => (Array.isArray(value) ? value.join(', ') : String(value)))
      .filter((part) => part !== '')
      .join('  ')
  if (statement === undefined) return text(row)
  const shown =
    Array.isArray(checks) && checks.length > 0 ? `\n    ← ${checks.join('\n    ← ')}` : ''
  return `${text(rest)}\n    ${String(statement)}${shown}`
}

type List = (
  suites: readonly Suite[],
  load: ListFlags['load'],
) => readonly Row[] | Promise<readonly Row[]>

const LISTS: Readonly<Record<string, List>> = {
  checks(suites) {
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
  scenarios(suites) {
    const scenarios = new Map(
      suites.flatMap(({ checks }) =>
        checks.flatMap(({ scenario }) =>
          scenario === 'every' ? [] : [[scenario.id, scenario] as const],
        ),
      ),
    )
    return [...scenarios.values()]
      .toSorted((a, b) => (a.id < b.id ? -1 : 1))
      .map(({ id, title, tier, apiPaths, needs }) => ({
        id,
        title,
        tier,
        hinges: apiPaths,
        needs: needs ?? [],
      }))
  },
  providers() {
    return loadContracts()
      .filter(({ profile }) => profile !== undefined)
      .map(({ id, profile, kind, edition }) => ({
        id,
        name: profile!.name,
        kind,
        endpoint: profile!.baseUrl ?? '(self-hosted: --base-url)',
        key: profile!.keyEnv ?? '',
        edition,
      }))
  },
  requirements(suites) {
    const trace = traceRequirements(suites, loadContracts(), loadRequirements())
    return trace.map(({ requirement, checks, excuse }) => ({
      id: requirement.id,
      tier: requirement.tier,
      level: Object.entries(requirement.level).map(([yardstick, level]) => `${yardstick} ${level}`),
      checks,
      excuse: excuse === undefined ? '' : `not tested: ${excuse}`,
      statement: requirement.statement,
    }))
  },
  suites(suites) {
    return suites.map(({ feature, checks, families }) => ({
      feature,
      checks: `${checks.length} checks`,
      families: families.map(({ id }) => id),
      note: OFF_BY_DEFAULT.includes(feature) ? 'off by default' : '',
    }))
  },
  clients() {
    return listClientsByLanguage().map(({ language, id, name, version, isInstalled, ...more }) => ({
      language,
      id,
      name,
      version: version === '' ? 'no profile' : version,
      package: more.package,
      installed: isInstalled ? 'installed' : '',
    }))
  },
  async reporters(_, load) {
    return (await loadReporters(load)).map(({ name, title }) => ({ name, title }))
  },
}
