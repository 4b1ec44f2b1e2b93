// What the kill matrix says.

/** The checks that fail and warn on one mutant. */
export interface Row {
  readonly fail: readonly string[]
  readonly warn: readonly string[]
}

/** By the mutant: the check whose first it is, `<check>#2` for its second. */
export type Matrix = Readonly<Record<string, Row>>

/** More checks of one family or suite than this are told by their number. */
const MOST = 3

/** A list of checks as the snapshot has it: `errors/grid/* 37` for many that stand together. */
export function brief(checks: readonly string[]): string {
  const families = new Map<string, readonly string[]>()
  for (const check of checks) {
    const family = check.slice(0, check.lastIndexOf('/'))
    families.set(family, [...(families.get(family) ?? []), check])
  }
  return [...families]
    .flatMap(([family, all]) => (all.length > MOST ? [`${family}/* ${all.length}`] : all))
    .join(', ')
}

/** What a row has more (+) or less (-) than the snapshot's; everything, where that has none. */
export function compareRow(
  before: readonly [fail: string, warn: string] | undefined,
  { fail, warn }: Row,
): readonly string[] {
  const [failed = '', warned = ''] = before ?? []
  return [
    ...compareList('fail', failed, brief(fail)),
    ...compareList('warn', warned, brief(warn)),
    ...(before === undefined && fail.length + warn.length === 0 ? ['no check notices it'] : []),
  ]
}

function compareList(outcome: string, before: string, now: string): readonly string[] {
  const split = (text: string): readonly string[] => text.split(', ').filter((each) => each !== '')
  const [old, fresh] = [split(before), split(now)]
  return [
    ...old.filter((each) => !fresh.includes(each)).map((each) => `- ${outcome} ${each}`),
    ...fresh.filter((each) => !old.includes(each)).map((each) => `+ ${outcome} ${each}`),
  ]
}

/** The checks that notice each of these mutants, but for the check itself and cases of its family. */
export function noticesAll(rows: readonly Row[], check: string): readonly string[] {
  const family =
    check.split('/').length > 2 ? check.slice(0, check.lastIndexOf('/') + 1) : undefined
  const [first = [], ...others] = rows.map(({ fail, warn }) => [...fail, ...warn])
  return first.filter(
    (each) =>
      each !== check &&
      (family === undefined || !each.startsWith(family)) &&
      others.every((row) => row.includes(each)),
  )
}

/** The middle of an unsorted list; 0 of an empty one. */
function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0
}

/** Checks that notice exactly the same mutants; cases of one family do so by their nature. */
function inseparable(matrix: Matrix): readonly (readonly string[])[] {
  const noticed = new Map<string, string[]>()
  for (const [mutant, { fail, warn }] of Object.entries(matrix)) {
    for (const check of [...fail, ...warn]) {
      noticed.set(check, [...(noticed.get(check) ?? []), mutant])
    }
  }
  const groups = new Map<string, string[]>()
  for (const [check, mutants] of noticed) {
    const key = mutants.join(' ')
    groups.set(key, [...(groups.get(key) ?? []), check])
  }
  const isOneFamily = (checks: readonly string[]): boolean => !brief(checks).includes(',')
  return [...groups.values()].filter((checks) => checks.length > 1 && !isOneFamily(checks))
}

export function summarise(matrix: Matrix): string {
  const rows = Object.entries(matrix)
  const red = rows.map(([, { fail }]) => fail.length)
  const any = rows.map(([, { fail, warn }]) => fail.length + warn.length)
  const survivors = rows.filter(([, { fail, warn }]) => fail.length + warn.length === 0)
  const unnoticedByOwn = rows.filter(
    ([id, { fail, warn }]) => ![...fail, ...warn].includes(id.split('#')[0]!),
  )
  const widest = rows
    .toSorted(([, a], [, b]) => b.fail.length - a.fail.length)
    .slice(0, 10)
    .map(([id, { fail }]) => `${fail.length} ${id}`)
  return [
    `${rows.length} mutants, ${rows.length - survivors.length} noticed`,
    `checks that fail on a mutant: median ${median(red)}, at most ${Math.max(0, ...red)}`,
    `checks that fail or warn: median ${median(any)}, at most ${Math.max(0, ...any)}`,
    `at most two fail on ${red.filter((count) => count <= 2).length} of ${rows.length}`,
    `not by the check that they belong to: ${unnoticedByOwn.map(([id]) => id).join(', ') || 'none'}`,
    `widest: ${widest.join(', ')}`,
    'only ever together:',
    ...inseparable(matrix).map((group) => `  ${brief(group)}`),
  ].join('\n')
}
