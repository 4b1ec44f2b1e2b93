import { loadProfiles, type ClientProfile, type Mode } from '../../../src/clients/profile.ts'
import { defineFamily, holds, notShown, violated } from '../../../src/authoring/define.ts'
import { quoteReply } from '../../../src/authoring/judge-refusal.ts'
import type { Check } from '../../../src/types/index.ts'
import { refuseClient } from '../refuse-client.ts'
import { isAnswerTaken } from '../client-got-answer.ts'
import { clientScenarioOf } from '../scenarios.ts'

export default defineFamily({
  id: 'clients/trimmed',
  title: 'What a client sends is accepted when it is set up to send fewer tools',
  covers: ['client-requests-accepted'],
  cases: () =>
    loadProfiles().flatMap((profile) => (profile.settings === undefined ? [] : [caseOf(profile)])),
})

function caseOf(profile: ClientProfile): Check {
  const [mode] = Object.keys(profile.modes) as [Mode]
  const lines = (profile.settings ?? []).map(({ line }) => line).join(', ')
  return {
    id: `clients/${profile.id}/trimmed`,
    title: `What ${profile.name} sends is accepted with ${lines}`,
    kind: 'wire',
    scenario: clientScenarioOf(profile, mode),
    covers: ['client-requests-accepted'],
    only: ['openai'],
    acceptanceCheck: true,
    judge({ trimmed }) {
      if (trimmed === undefined) return notShown('it is accepted as it is')
      if (isAnswerTaken(trimmed)) return holds
      const actual = quoteReply(trimmed, 300)
      return violated({ step: 'trimmed', at: 'status', expected: `200 with ${lines}`, actual })
    },
    mutants: [
      {
        story: 'a server refuses whatever this client sends',
        reply: refuseClient,
      },
    ],
  }
}
