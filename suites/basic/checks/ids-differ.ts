import { defineCheck, mapResponse } from '../../../src/authoring/define.ts'
import { twoWaysScenario } from '../scenarios.ts'
import { judgeOwnId } from '../two-ids.ts'

export default defineCheck({
  id: 'basic/ids-differ',
  title: 'Two answers have two ids',
  kind: 'wire',
  scenario: twoWaysScenario,
  covers: ['basic-id-nonempty-unique'],
  promises: ['response /id'],

  judge: ({ plain, stream }) => judgeOwnId('stream', plain, stream),

  mutants: [
    {
      story: 'an id is derived from the question, or was written down as a placeholder',
      reply: (reply) => mapResponse(reply, (response) => ({ ...response, id: 'resp_0' })),
    },
  ],
})
