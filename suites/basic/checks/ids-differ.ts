import {
  defineCheck,
  holds,
  mapResponse,
  notShown,
  violated,
} from '../../../src/authoring/define.ts'
import { field, response, responseAt, show } from '../../../src/authoring/read.ts'
import { twoWaysScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'basic/ids-differ',
  title: 'Two answers have two ids',
  kind: 'wire',
  scenario: twoWaysScenario,
  covers: ['basic-id-nonempty-unique'],
  promises: ['response /id'],

  judge({ plain, stream }) {
    const [first, second] = [plain, stream].map((exchange) => field(response(exchange), '/id'))
    if (typeof first !== 'string' || typeof second !== 'string') return notShown('an id is missing')
    if (first !== second) return holds
    return violated({
      step: 'stream',
      at: `${responseAt(stream)}/id`,
      expected: 'an id of its own',
      actual: `${show(second)}, which the answer before has as well`,
    })
  },

  mutants: [
    {
      story: 'an id is derived from the question, or was written down as a placeholder',
      reply: (reply) => mapResponse(reply, (response) => ({ ...response, id: 'resp_0' })),
    },
  ],
})
