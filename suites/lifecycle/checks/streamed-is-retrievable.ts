import { defineCheck, mapJson, verdictOf } from '../../../src/authoring/define.ts'
import { compareStored } from '../stored-response.ts'
import { storedStreamScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'lifecycle/streamed-is-retrievable',
  title: 'A streamed response is stored, and comes back as its last event had it',
  kind: 'wire',
  scenario: storedStreamScenario,
  covers: ['state-retrieve-after-stream'],

  judge: ({ stream, again }) => verdictOf(compareStored('again', stream, again)),

  mutants: [
    {
      story: 'a server stores a streamed response when it begins and never updates it',
      reply: (reply, { method }) =>
        method === 'GET'
          ? mapJson(reply, (body) => ({ ...body, status: 'in_progress', output: [], usage: null }))
          : reply,
    },
  ],
})
