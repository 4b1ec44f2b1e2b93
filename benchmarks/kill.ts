// What is left of a run that is killed (SIGKILL) at ten random moments, and what continuing costs.
//
//     npm run bench:kill [-- seed]

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { JournalEntry } from '../src/evidence/journal.ts'
import { createRandom } from '../src/request/builder.ts'
import { readRunResult } from '../src/result/run-json.ts'
import type { RunResult } from '../src/types/index.ts'
import { spawnCommand, type Ended } from '../tests/process/spawn-command.ts'
import { createEmptyFolder } from '../tests/empty-folder.ts'
import { FRONT_KEY, startFront, type Front } from '../tests/cli/front.ts'

const KILLS = 10
const CONCURRENCY = 4
const DELAY_MS = 25

/** So many milliseconds after so many requests: by time alone, a busy machine would choose the moment. */
interface Moment {
  readonly requests: number
  readonly ms: number
}

function run(
  { url, heard }: Front,
  out: string,
  more: readonly string[] = [],
  killAt?: Moment,
): Promise<Ended> {
  const target = ['--base-url', url, '--model', 'reference', '--api-key-env', 'KILL_KEY']
  const how = ['--seed', 'kill', '--concurrency', String(CONCURRENCY), '--reporter', 'json']
  return spawnCommand(['run', ...target, ...how, '--out', out, ...more], {
    env: { KILL_KEY: FRONT_KEY },
    onStart(child) {
      if (killAt === undefined) return
      const timer = setInterval(() => {
        if (heard.length < killAt.requests) return
        clearInterval(timer)
        setTimeout(() => child.kill('SIGKILL'), killAt.ms)
      }, 1)
      child.on('close', () => clearInterval(timer))
    },
  })
}

function resultIn(folder: string): RunResult {
  const file = join(folder, 'run.json')
  return readRunResult(readFileSync(file, 'utf8'), file)
}

function told({ verdicts }: RunResult): string {
  return verdicts
    .map(
      ({ scenario, check, yardstick, outcome }) => `${check} ${scenario} ${yardstick} ${outcome}`,
    )
    .toSorted()
    .join('\n')
}

interface Journalled {
  /** Those whose line is whole. */
  readonly verdicts: number
  /** Lines that are not. */
  readonly broken: number
  /** The names of all questions that were answered. */
  readonly answered: readonly string[]
}

function journalled(out: string): Journalled {
  let verdicts = 0
  let broken = 0
  const answered: string[] = []
  for (const line of readFileSync(join(out, 'journal.jsonl'), 'utf8').split('\n')) {
    if (line === '') continue
    try {
      const entry = JSON.parse(line) as JournalEntry
      if (entry.kind === 'case') verdicts += entry.verdicts.length
      if (entry.kind === 'exchange') answered.push(entry.asked!)
    } catch {
      broken++
    }
  }
  return { verdicts, broken, answered }
}

const seed = process.argv[2] ?? String(Date.now())
const random = createRandom(seed)
const delayed = (): Promise<Front> => startFront((_, pass) => setTimeout(pass, DELAY_MS))

const quiet = await delayed()
const whole = join(createEmptyFolder(), 'out')
await run(quiet, whole)
const asked = quiet.heard.length
await quiet.close()
const expected = told(resultIn(whole))
process.stdout.write(
  `An undisturbed run: ${asked} requests, ${resultIn(whole).verdicts.length} verdicts. Seed ${seed}.\n\n` +
    '| killed after | requests heard | judged | recovered | broken lines | sent in all | same as undisturbed |\n' +
    '|---|---|---|---|---|---|---|\n',
)

let lost = 0
let wrong = 0
let again = 0
for (let kill = 0; kill < KILLS; kill++) {
  const front = await delayed()
  const out = join(createEmptyFolder(), 'out')
  const at = { requests: 1 + Math.floor(asked * random()), ms: Math.floor(200 * random()) }
  const { code } = await run(front, out, [], at)
  const heard = front.heard.length
  const { verdicts, broken } = journalled(out)
  const recovered = join(createEmptyFolder(), 'recovered')
  await spawnCommand(['report', out, '--from-journal', '--reporter', 'json', '--out', recovered])
  const found = resultIn(recovered).verdicts.length
  await run(front, out, ['--resume'])
  const same = told(resultIn(out)) === expected
  await front.close()
  lost += verdicts - found
  again += front.heard.length - asked
  const { answered } = journalled(out)
  if (!same || new Set(answered).size < answered.length) wrong++
  process.stdout.write(
    `| request ${at.requests} and ${at.ms} ms${code === null ? '' : ' (it had ended)'} | ${heard} | ${verdicts} | ${found} | ${broken} | ${front.heard.length} | ${same ? 'yes' : 'NO'} |\n`,
  )
}
process.stdout.write(
  `\n${lost} verdicts lost of those judged; ${again} requests sent twice in ${KILLS} continued runs.\n`,
)
process.exitCode = lost > 0 || wrong > 0 ? 1 : 0
