import { loadProfiles, type ClientProfile, type Mode } from '../../../src/clients/profile.ts'
import { turnsTaken } from '../../../src/clients/requests.ts'
import { defineFamily, verdictOf } from '../../../src/authoring/define.ts'
import { told } from '../../../src/authoring/refusal.ts'
import type { Check, Finding } from '../../../src/types/index.ts'
import { refusing } from '../../common/refusals.ts'
import { conversation, MANNER } from '../scenarios.ts'
import { wasTaken } from '../client-got-answer.ts'

export default defineFamily({
  id: 'clients/accepts',
  title: 'What a client sends is accepted',
  covers: ['client-requests-accepted'],
  cases: () =>
    loadProfiles().flatMap((profile) =>
      Object.keys(profile.modes).map((mode) => caseOf(profile, mode as Mode)),
    ),
})

function caseOf(profile: ClientProfile, mode: Mode): Check {
  return {
    id: `clients/${profile.id}/${mode}/accepted`,
    title: `What ${profile.name} sends is accepted, ${MANNER[mode]}`,
    kind: 'wire',
    scenario: conversation(profile, mode),
    covers: ['client-requests-accepted'],
    only: ['openai'],
    gate: true,
    judge: (exchanges) =>
      verdictOf(
        turnsTaken(exchanges).flatMap(([step, exchange]): readonly Finding[] =>
          wasTaken(exchange)
            ? []
            : [
                {
                  step,
                  at: 'status',
                  expected: '200, as the request is what this client sends',
                  actual: told(exchange, 300),
                },
              ],
        ),
      ),
    mutants: [
      {
        story: 'a server refuses whatever a tool loop sends back',
        reply: (reply, { body }) =>
          JSON.stringify(body ?? '').includes('function_call_output')
            ? refusing(reply, null)
            : reply,
      },
    ],
  }
}
