import { flowsOfClient, type ClientFlow } from '../../../src/clients/flows.ts'
import { loadProfiles, type ClientProfile } from '../../../src/clients/profile.ts'
import { findTakenTurns } from '../../../src/clients/requests.ts'
import { defineFamily, unsure, verdictOf } from '../../../src/authoring/define.ts'
import type { Check } from '../../../src/types/index.ts'
import { refuseClient } from '../refuse-client.ts'
import { judgeFlow } from '../judge-flow.ts'
import { clientScenarioOf } from '../scenarios.ts'

export default defineFamily({
  id: 'clients/flows',
  title: 'What a client is used for works',
  covers: ['client-needs-met', 'client-requests-accepted'],
  cases: () =>
    loadProfiles().flatMap((profile) =>
      flowsOfClient(profile).map((flow) => caseOf(profile, flow)),
    ),
})

function caseOf(profile: ClientProfile, flow: ClientFlow): Check {
  return {
    id: `clients/${profile.id}/${flow.id}`,
    title: `${profile.name} gets through: ${flow.id}`,
    kind: 'behavioural',
    scenario: clientScenarioOf(profile, flow.mode),
    covers: ['client-needs-met', 'client-requests-accepted'],
    only: ['openai'],
    acceptanceCheck: true,
    judge(exchanges, context) {
      const turns = Object.fromEntries(findTakenTurns(exchanges))
      const { breaks, unseen } = judgeFlow(profile, flow, turns, context)
      if (unseen !== undefined) {
        return unsure('prerequisite', `"${unseen}" got no answer that can be judged`)
      }
      const [first] = breaks
      if (first !== undefined && breaks.every(({ isDeclined }) => isDeclined === true)) {
        const { expected, actual } = first.finding
        const came = actual === '""' ? 'no call came' : `${actual} came`
        return unsure('model-declined', `${expected} was asked for, and ${came}`)
      }
      return verdictOf(
        breaks.map(({ finding, effect }) => ({
          ...finding,
          breaks: [{ client: profile.id, effect }],
        })),
      )
    },
    mutants: [
      {
        story: 'a server refuses whatever this client asks first',
        reply: (reply, request) =>
          JSON.stringify(request.body ?? '').includes('"function_call_output"')
            ? reply
            : refuseClient(reply, request),
      },
    ],
  }
}
