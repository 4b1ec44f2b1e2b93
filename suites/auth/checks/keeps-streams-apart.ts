import { defineCheck } from '../../../src/authoring/define.ts'
import { field } from '../../../src/authoring/read.ts'
import { streamedTenantsScenario } from '../scenarios.ts'
import { ignoreOwners, isKeptApart, judgeStranger, LEAKS_ANYHOW } from '../strangers.ts'

export default defineCheck({
  id: 'auth/keeps-streams-apart',
  title: 'Another key cannot read a response that was streamed',
  kind: 'wire',
  scenario: streamedTenantsScenario,
  covers: ['auth-even-isolation'],

  judge: ({ control, owned, stream, retrieve, again }) =>
    isKeptApart(control, owned) ? judgeStranger(stream, retrieve, again) : LEAKS_ANYHOW,

  mutants: [
    {
      story: 'a gateway writes down whose an answer is, except where it streams it',
      ...ignoreOwners((body) => field(body, '/stream') === true),
    },
  ],
})
