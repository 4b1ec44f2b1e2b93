import { defineCheck, defineFamily, defineScenario, holds } from '../../../src/authoring/define.ts'
import { items, responseAt, show } from '../../../src/authoring/read.ts'
import type { Check, Contract } from '../../../src/types/index.ts'
import { messageTextOf } from '../../common/answers.ts'
import { mapItems, replaceText } from '../../common/mutants.ts'
import { READY } from '../parameter-values.ts'
import { reportIneffective } from '../../common/ineffective.ts'

// The penalties have no effect that could be forced: what they change is a matter of chance.
export default defineFamily({
  id: 'parameters/effective',
  title: 'Parameters that only some pages document have their documented effect',
  covers: ['own-parameter-effective'],
  cases: (contract) =>
    contract.kind === 'yardstick'
      ? []
      : contract.parameters.flatMap(({ at }) => {
          if (at === '/stop') return [stops(contract)]
          return at === '/n' ? [several(contract)] : []
        }),
})

function stops(contract: Contract): Check {
  return defineCheck({
    id: 'parameters/effective/stop',
    title: 'stop ends the text before the word that it names',
    kind: 'behavioural',
    scenario: defineScenario<'ask'>({
      id: `parameters/stop-${contract.id}`,
      title: 'A text that must not reach its third word',
      apiPaths: ['request /stop'],
      tier: 'feature',
      steps: {
        ask: {
          request: (builder) =>
            builder.createRequest('Repeat exactly: harbour station market', { stop: 'market' }),
          expect: 'success',
        },
      },
    }),
    covers: ['own-parameter-effective'],
    promises: ['request /stop'],
    only: ['own'],

    judge({ ask }) {
      if (!messageTextOf(ask).includes('market')) return holds
      return reportIneffective(ask, '/stop', {
        step: 'ask',
        at: `${responseAt(ask)}/output`,
        expected: 'a text that ends before "market"',
        actual: show(messageTextOf(ask)),
      })
    },

    mutants: [
      {
        story: 'a gateway drops stop, which the Responses API does not know',
        reply: (reply) => replaceText(reply, () => 'harbour station market'),
      },
    ],
  })
}

function several(contract: Contract): Check {
  return defineCheck({
    id: 'parameters/effective/n',
    title: 'n makes as many answers',
    kind: 'wire',
    scenario: defineScenario<'ask'>({
      id: `parameters/n-${contract.id}`,
      title: 'Two answers asked for',
      apiPaths: ['request /n'],
      tier: 'feature',
      steps: {
        ask: { request: (builder) => builder.createRequest(READY, { n: 2 }), expect: 'success' },
      },
    }),
    covers: ['own-parameter-effective'],
    promises: ['request /n'],
    only: ['own'],

    judge({ ask }) {
      const { length } = items(ask, 'message')
      if (length === 2) return holds
      const at = `${responseAt(ask)}/output`
      return reportIneffective(ask, '/n', {
        step: 'ask',
        at,
        expected: 'two messages',
        actual: `${length}`,
      })
    },

    mutants: [
      {
        story: 'a gateway drops n, which the Responses API does not know',
        reply: (reply) => mapItems(reply, undefined, (item) => item),
      },
    ],
  })
}
