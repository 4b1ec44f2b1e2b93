import { loadProfiles } from '../../../src/clients/profile.ts'
import { defineFamily, defineScenario, holds, violated } from '../../../src/authoring/define.ts'
import { quoteReply } from '../../../src/authoring/judge-refusal.ts'
import type { Check, Reply } from '../../../src/types/index.ts'
import { refuseParameter } from '../../common/refusals.ts'
import { plainQuestionOf, PROBES, type ClientProbe } from '../probes.ts'
import { isAnswerTaken } from '../client-got-answer.ts'

export default defineFamily({
  id: 'clients/probes',
  title: 'A single field that clients send is accepted',
  covers: ['client-field-accepted'],
  cases: () => PROBES.map(caseOf),
})

function caseOf(probe: ClientProbe): Check {
  const senders = loadProfiles().filter(({ probes }) => probes.includes(probe.id))
  return {
    id: `clients/probes/${probe.id}`,
    title: `Accepts ${probe.what} (${senders.map(({ name }) => name).join(', ')})`,
    kind: 'wire',
    scenario: defineScenario({
      id: `clients/probe-${probe.id}`,
      title: `A plain question with ${probe.what}`,
      apiPaths: [],
      tier: 'core',
      asClient: senders[0]?.id ?? probe.id,
      steps: {
        probe: {
          expect: 'success',
          request: (builder) => ({
            ...builder.create({
              input: [builder.message('user', plainQuestionOf(builder))],
              ...probe.body(builder),
            }),
            ...(probe.headers === undefined ? {} : { headers: probe.headers }),
          }),
        },
      },
    }),
    covers: ['client-field-accepted'],
    only: ['openai'],
    acceptanceCheck: true,
    judge: ({ probe: exchange }) =>
      exchange === undefined || isAnswerTaken(exchange)
        ? holds
        : violated({
            step: 'probe',
            at: 'status',
            expected: `200 with ${probe.what}`,
            actual: quoteReply(exchange, 300),
          }),
    mutants: [
      {
        story: `a server refuses ${probe.what}`,
        reply: (reply: Reply, { text }) =>
          text.includes(probe.mark) ? refuseParameter(reply, null) : reply,
      },
    ],
  }
}
