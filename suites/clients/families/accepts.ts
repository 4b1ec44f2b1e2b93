import { loadProfiles, type ClientProfile, type Mode } from '../../../src/clients/profile.ts'
import { findTakenTurns } from '../../../src/clients/requests.ts'
import { defineFamily, verdictOf } from '../../../src/authoring/define.ts'
import { quoteReply } from '../../../src/authoring/judge-refusal.ts'
import type { Check, Finding } from '../../../src/types/index.ts'
import { refuseParameter } from '../../common/refusals.ts'
import { clientScenarioOf, MANNER } from '../scenarios.ts'
import { isAnswerTaken } from '../client-got-answer.ts'

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
    scenario: clientScenarioOf(profile, mode),
    covers: ['client-requests-accepted'],
    only: ['openai'],
    acceptanceCheck: true,
    judge: (exchanges) =>
      verdictOf(
        findTakenTurns(exchanges).flatMap(([step, exchange]): readonly Finding[] =>
          isAnswerTaken(exchange)
            ? []
            : [
                {
                  step,
                  at: 'status',
                  expected: '200, as the request is what this client sends',
                  actual: quoteReply(exchange, 300),
                  breaks: [{ client: profile.id, effect: 'throws' }],
                },
              ],
        ),
      ),
    mutants: [
      {
        story: 'a server refuses whatever a tool loop sends back',
        reply: (reply, { body }) =>
          JSON.stringify(body ?? '').includes('function_call_output')
            ? refuseParameter(reply, null)
            : reply,
      },
    ],
  }
}
