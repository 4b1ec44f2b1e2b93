import { loadProfiles } from '../../../src/clients/profile.ts'
import {
  defineFamily,
  defineScenario,
  holds,
  mapBody,
  violated,
  without,
} from '../../../src/authoring/define.ts'
import { field, items, responseAt, show } from '../../../src/authoring/read.ts'
import { quoteReply } from '../../../src/authoring/judge-refusal.ts'
import type { Check, Json, Mutant, Reply } from '../../../src/types/index.ts'
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
    judge({ probe: exchange }) {
      if (exchange === undefined) return holds
      if (!isAnswerTaken(exchange)) {
        return violated({
          step: 'probe',
          at: 'status',
          expected: `200 with ${probe.what}`,
          actual: quoteReply(exchange, 300),
        })
      }
      const { brings } = probe
      if (brings === undefined || items(exchange, brings).length > 0) return holds
      return violated({
        step: 'probe',
        at: `${responseAt(exchange)}/output`,
        kind: 'no-effect',
        about: ['/tool_choice'],
        expected: `an item of the type ${brings}`,
        actual: items(exchange)
          .map(({ type }) => show(type))
          .join(', '),
      })
    },
    mutants: [
      {
        story: `a server refuses ${probe.what}`,
        reply: (reply: Reply, { text }) =>
          text.includes(probe.mark) ? refuseParameter(reply, null) : reply,
      },
      ...(probe.brings === undefined ? [] : [DEAF]),
    ],
  }
}

const DEAF: Mutant = {
  story: 'an adapter leaves out tools that are no functions',
  request: (request) =>
    mapBody(request, (body) => {
      const { tools } = body
      if (!Array.isArray(tools)) return body
      const left = (tools as readonly Json[]).filter((tool) => field(tool, '/type') === 'function')
      return left.length === tools.length
        ? body
        : {
            ...without(body, 'tools', 'tool_choice'),
            ...(left.length === 0 ? {} : { tools: left }),
          }
    }),
}
