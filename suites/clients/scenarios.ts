import { renderTurn, turnsOf, type Turn } from '../../src/clients/requests.ts'
import type { ClientProfile, Mode } from '../../src/clients/profile.ts'
import { defineScenario } from '../../src/authoring/define.ts'
import type { Scenario, Step } from '../../src/types/index.ts'

const known = new Map<string, Scenario<Turn>>()

/** What a client says in one mode: both turns of the tool loop, and the rest of its day. */
export function clientScenarioOf(profile: ClientProfile, mode: Mode): Scenario<Turn> {
  const id = `clients/${profile.id}-${mode}`
  const scenario =
    known.get(id) ??
    defineScenario<Turn>({
      id,
      title: `What ${profile.name} ${profile.version} asks, ${MANNER[mode]}`,
      apiPaths: [],
      tier: 'core',
      asClient: profile.id,
      steps: Object.fromEntries(
        turnsOf(profile, mode).map((turn) => [
          turn,
          {
            expect: 'success',
            twice: true,
            request: (builder) => renderTurn(profile, mode, turn, builder),
          },
        ]),
      ) as Record<Turn, Step<Turn>>,
    })
  known.set(id, scenario)
  return scenario
}

export const MANNER: Readonly<Record<Mode, string>> = { json: 'at once', stream: 'streamed' }
