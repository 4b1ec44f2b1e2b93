import { defineCheck, defineFamily, defineScenario } from '../../../src/authoring/define.ts'
import type { AuthScheme, Check, Contract } from '../../../src/types/index.ts'
import { judgeAccepted } from '../../common/refusals.ts'

export default defineFamily({
  id: 'auth/forms',
  title: 'Each documented way of sending the key is accepted',
  covers: ['own-auth-form-accepted'],
  cases: (contract) => (contract.profile?.auth ?? []).map((scheme) => accepted(contract, scheme)),
})

function accepted(contract: Contract, { header, prefix }: AuthScheme): Check {
  const name = header.toLowerCase()
  const form = `${header}: ${prefix}<key>`
  return defineCheck({
    id: `auth/forms/${name}`,
    title: `The key is accepted as ${form}`,
    kind: 'wire',
    scenario: defineScenario<'ask'>({
      id: `auth/form-${name}-${contract.id}`,
      title: `A request with its key as ${form}`,
      apiPaths: [`auth ${header}`],
      tier: 'core',
      needs: ['key'],
      steps: {
        ask: {
          request: (builder) => ({
            ...builder.createRequest('Reply with the single word: ready.'),
            keyHeader: header,
          }),
          expect: 'either',
        },
      },
    }),
    covers: ['own-auth-form-accepted'],
    promises: [`auth ${header}`],
    only: ['own'],

    judge({ ask }) {
      return judgeAccepted('ask', ask)
    },

    mutants: [
      {
        story: 'the page names a header that the gateway never reads',
        reply: (reply) => ({
          ...reply,
          status: 401,
          body: {
            json: {
              error: {
                message: 'No API key provided.',
                type: 'authentication_error',
                param: null,
                code: 'invalid_api_key',
              },
            },
          },
        }),
      },
    ],
  })
}
