import { defineCheck, mapJson, verdictOf } from '../../../src/authoring/define.ts'
import { response } from '../../../src/authoring/read.ts'
import { compareStored } from '../stored-response.ts'
import { storedScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'lifecycle/stored-is-retrievable',
  title: 'A response is stored by default, and comes back as it was created',
  kind: 'wire',
  scenario: storedScenario,
  covers: ['state-store-default-true', 'state-retrieve-equal'],

  judge: ({ create, again }) =>
    verdictOf(
      compareStored('again', create, again).map((finding) => ({
        ...finding,
        // What is no response at all was not kept; what differs was.
        requirement:
          response(again)?.['output'] === undefined
            ? 'state-store-default-true'
            : 'state-retrieve-equal',
      })),
    ),

  mutants: [
    {
      story: 'a gateway stores the envelope of a response and not what the model said',
      reply: (reply, { method }) =>
        method === 'GET' ? mapJson(reply, (body) => ({ ...body, output: [] })) : reply,
    },
  ],
})
