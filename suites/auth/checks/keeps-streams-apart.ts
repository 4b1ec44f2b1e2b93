import { defineCheck } from '../../../src/authoring/define.ts'
import { field } from '../../../src/authoring/read.ts'
import { streamedTenantsScenario } from '../scenarios.ts'
import { ignoreOwners, judgeStranger } from '../strangers.ts'

export default defineCheck({
  id: 'auth/keeps-streams-apart',
  title: 'Another key cannot read a response that was streamed',
  kind: 'wire',
  scenario: streamedTenantsScenario,
  covers: ['auth-tenant-isolation'],

  judge: ({ stream, retrieve, again }) => judgeStranger(stream, retrieve, again),

  mutants: [
    {
      story: 'a gateway writes down whose an answer is, except where it streams it',
      ...ignoreOwners((body) => field(body, '/stream') === true),
    },
  ],
})
