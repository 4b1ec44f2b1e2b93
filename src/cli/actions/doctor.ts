import { diagnose } from '../../transport/diagnose-target.ts'
import type { Diagnosis } from '../../transport/single-requests.ts'
import { UsageError } from '../../base/errors.ts'
import { EXIT, type ExitCode } from '../../result/exit-code.ts'
import { escapeControls } from '../../../reporters/common/escape.ts'
import { fetchContract } from '../config/fetch-contract.ts'
import { readSetting } from '../config/settings.ts'
import type { SettingFlags } from '../../run/options.ts'
import { getEnvironment } from '../../base/current-environment.ts'

export interface DoctorFlags extends SettingFlags {
  readonly format: 'text' | 'json'
}

export async function executeDoctor(ids: readonly string[], given: DoctorFlags): Promise<ExitCode> {
  const { flags, targets } = await readSetting(ids, {
    ...(await fetchContract(given)),
    withoutKeys: true,
    deadline: given.deadline ?? 60,
  })
  if (targets.length === 0) {
    throw new UsageError(
      'Name a target: an id of "list providers", a name of the configuration, or --base-url URL --model NAME',
    )
  }
  const { stdout } = getEnvironment()
  const found: Diagnosis[] = []
  const json = []
  for (const target of targets) {
    if (flags.format === 'text')
      stdout.write(`${target.id} · ${target.baseUrl} · ${target.models.text}\n`)
    const mine: Diagnosis[] = []
    for await (const diagnosis of diagnose(target)) {
      mine.push(diagnosis)
      if (flags.format === 'text') stdout.write(line(diagnosis))
    }
    if (flags.format === 'text') stdout.write(`  ${conclusion(mine)}\n`)
    json.push({ target: target.id, endpoint: target.baseUrl, symptoms: mine })
    found.push(...mine)
  }
  if (flags.format === 'json') stdout.write(`${JSON.stringify(json, null, 2)}\n`)
  return codeOf(found)
}

const MARKS = { ok: '✓', unsure: '–', failed: '✗' } as const

function line({ about, state, note, remedy }: Diagnosis): string {
  const said = `  ${MARKS[state]} ${about.padEnd(10)} ${escapeControls(note)}\n`
  return remedy === undefined ? said : `${said}      → ${escapeControls(remedy)}\n`
}

function conclusion(diagnoses: readonly Diagnosis[]): string {
  const ill = diagnoses.filter(({ state }) => state === 'failed')
  return ill.length === 0
    ? 'Ready for a run.'
    : `Not ready: ${ill.map(({ about }) => about).join(', ')}.`
}

/** Settings come first: they are the user's to change. */
function codeOf(diagnoses: readonly Diagnosis[]): ExitCode {
  const ill = diagnoses.filter(({ state }) => state === 'failed').map(({ blame }) => blame)
  if (ill.includes('settings')) return EXIT.usage
  if (ill.includes('provider')) return EXIT.fails
  return ill.length > 0 ? EXIT.incomplete : EXIT.conforms
}
