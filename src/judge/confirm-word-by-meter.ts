// What a word that came back, or did not, says about the endpoint: read together with what the model
// was seen to do with a word told plainly, and with what the meter says of the place.

import { fieldsOf } from '../plan/fields-of-scenario.ts'
import {
  calibrateMeter,
  calibrateWords,
  meterPlace,
  type Metered,
  type MeteredPlace,
  type Repeating,
} from './calibrate-and-meter.ts'
import { concludeDoubt, type Conclusion } from './conclude-outcome.ts'
import type { RunContext } from './verdict-row.ts'
import type { Check, Finding, Scenario } from '../types/index.ts'

interface Instruments {
  words?: Promise<Repeating>
  meter?: Promise<number | undefined>
  readonly places: Map<string, Promise<Metered>>
}

const instruments = new WeakMap<RunContext, Instruments>()

/**
 * | meter     | word of a model that repeats | word of another |
 * | delivered | right: holds, wrong: the model | holds         |
 * | dropped   | right: holds, wrong: violated  | violated      |
 * | unmetered | right: holds, wrong: violated  | undecided     |
 *
 * The meter is asked only where it decides.
 */
export async function readWord(
  conclusion: Conclusion,
  scenario: Scenario,
  check: Check,
  runContext: RunContext,
  accuse: (finding: Finding) => Conclusion,
): Promise<Conclusion> {
  if (conclusion.by !== 'word') return conclusion
  const mine: Instruments = instruments.get(runContext) ?? { places: new Map() }
  instruments.set(runContext, mine)
  const repeating = await (mine.words ??= calibrateWords(runContext))
  const isRight = conclusion.outcome === 'pass' || conclusion.reason === 'flaky'
  if (repeating.kind === 'repeats' && isRight) return conclusion
  const place = check.meter ?? { fill: [lastStep(scenario)], read: lastStep(scenario) }
  const metered = place === false ? 'unmetered' : await meter(scenario, place, runContext, mine)
  if (metered === 'delivered') {
    return repeating.kind === 'repeats'
      ? unread('the meter shows that it was delivered, and the model did not repeat it')
      : { outcome: 'pass', note: METERED, findings: [] }
  }
  if (repeating.kind === 'repeats') {
    const control = metered === 'dropped' ? `${TOLD_PLAINLY}; ${METERED_AWAY}` : TOLD_PLAINLY
    return (
      isBlind(scenario, runContext, metered) ?? {
        ...conclusion,
        findings: conclusion.findings.map((finding) => ({ control, ...finding })),
      }
    )
  }
  return place !== false && metered === 'dropped'
    ? accuse(dropped(place.read, scenario))
    : unread(repeating.note)
}

function lastStep({ steps }: Scenario): string {
  return Object.keys(steps).at(-1)!
}

function dropped(step: string, scenario: Scenario): Finding {
  return {
    step,
    kind: 'no-effect',
    about: fieldsOf(scenario),
    exchanges: [`${scenario.id}#${step}`],
    at: '/usage/input_tokens',
    expected: 'a count that rises with a longer text here, as it does in the message of the user',
    actual: 'the same count: the text did not reach the model',
  }
}

const TOLD_PLAINLY = 'words told plainly in the message of the user came back'
const METERED_AWAY = 'a longer text here does not raise the count of input tokens'
const METERED = 'by the count of input tokens: the model repeats no words'

function unread(note: string): Conclusion {
  return concludeDoubt({ reason: 'model-declined', note })
}

async function meter(
  scenario: Scenario,
  place: MeteredPlace,
  runContext: RunContext,
  mine: Instruments,
): Promise<Metered> {
  const rise = await (mine.meter ??= calibrateMeter(runContext))
  if (rise === undefined) return 'unmetered'
  const key = JSON.stringify([scenario.id, place])
  const metered = mine.places.get(key) ?? meterPlace(scenario, place, runContext, rise)
  mine.places.set(key, metered)
  return metered
}

/** A model that nobody calls one that sees may be blind to what arrived. */
function isBlind(
  scenario: Scenario,
  { target }: RunContext,
  metered: string,
): Conclusion | undefined {
  const needsEyes = scenario.needs?.includes('vision-model') === true
  if (!needsEyes || metered === 'dropped' || target.models.vision !== undefined) return undefined
  return unread('the model was not said to see (--vision-model), and the meter does not tell')
}
