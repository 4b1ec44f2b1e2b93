import { loadProfiles, type ClientProfile, type Mode } from '../../../src/clients/profile.ts'
import { turnsOf, findTakenTurns } from '../../../src/clients/requests.ts'
import { defineFamily, unsure, verdictOf } from '../../../src/authoring/define.ts'
import type { Check, Finding } from '../../../src/types/index.ts'
import { NEEDS } from '../needs/index.ts'
import type { ClientNeed } from '../needs/define-need.ts'
import { typeNeedsOf } from '../needs/types.ts'
import { clientScenarioOf } from '../scenarios.ts'
import { isAnswerTaken } from '../client-got-answer.ts'

export default defineFamily({
  id: 'clients/needs',
  title: 'The answers have what a client cannot do without',
  covers: ['client-needs-met', 'client-needs-met-in-full'],
  cases: () =>
    loadProfiles().flatMap((profile) =>
      Object.entries(profile.modes).flatMap(([mode, own]) =>
        [...NEEDS, ...typeNeedsOf(own)]
          .filter(({ id }) => id in own.needs)
          .map((need) => caseOf(profile, mode as Mode, need)),
      ),
    ),
})

function caseOf(profile: ClientProfile, mode: Mode, need: ClientNeed): Check {
  return {
    id: `clients/${profile.id}/${mode}/${need.id}`,
    title: `${need.title} (${profile.name}, ${mode})`,
    kind: need.declined === undefined ? 'wire' : 'behavioural',
    scenario: clientScenarioOf(profile, mode),
    covers: [
      profile.modes[mode]?.needs[need.id] === 'degraded'
        ? 'client-needs-met-in-full'
        : 'client-needs-met',
    ],
    only: ['openai'],
    // A turn that is refused because the one before went wrong must not hide what went wrong.
    acceptanceCheck: true,
    judge(exchanges, context) {
      const breaks = [{ client: profile.id, effect: profile.modes[mode]!.needs[need.id]! }]
      const turns = findTakenTurns(exchanges)
      const taken = turns.filter(([, exchange]) => isAnswerTaken(exchange))
      const cooperative = taken.filter(([, exchange]) => need.declined?.(exchange) !== true)
      const findings = cooperative.flatMap(([step, exchange]): readonly Finding[] => {
        const flaw = need.judge(exchange, context, profile.modes[mode]!)
        return flaw === undefined ? [] : [{ step, ...flaw, need: need.id, breaks }]
      })
      if (findings.length === 0 && cooperative.length < taken.length) {
        return unsure('model-declined', 'the model did not do what was asked')
      }
      // Fewer tools are sent only where all of them were refused.
      const expected = turnsOf(profile, mode).filter((turn) => turn !== 'trimmed')
      if (findings.length > 0 || taken.length >= expected.length) return verdictOf(findings)
      const refused = turns.find(([, exchange]) => !isAnswerTaken(exchange))?.[0] ?? 'the next turn'
      return unsure('prerequisite', `${refused} got no usable answer`)
    },
    mutants: need.mutants,
  }
}
