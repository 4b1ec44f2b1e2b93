import { defineCheck, mapJson, verdictOf } from '../../../src/authoring/define.ts'
import { abortedRunScenario } from '../background.ts'
import { compareStored } from '../stored-response.ts'

export default defineCheck({
  id: 'lifecycle/cancels-once',
  title: 'A second cancel changes nothing',
  kind: 'wire',
  scenario: abortedRunScenario,
  covers: ['bg-cancel-idempotent'],

  judge: ({ cancelled, again }) =>
    verdictOf(compareStored('again', cancelled, again, 'as the first cancel answered')),

  mutants: [
    {
      story: 'each cancel answers with a new record of the run',
      reply: (reply, { path }) =>
        path.endsWith('/cancel')
          ? mapJson(reply, (body) => ({ ...body, id: `resp_${crypto.randomUUID()}` }))
          : reply,
    },
  ],
})
