import {
  defineCheck,
  holds,
  mapEvents,
  mapObjects,
  notShown,
} from '../../../src/authoring/define.ts'
import { events, field, parts, text } from '../../../src/authoring/read.ts'
import type { JsonObject } from '../../../src/types/index.ts'
import { reportIneffective } from '../../common/ineffective.ts'
import { logprobsStreamScenario } from '../../streaming/scenarios.ts'

export default defineCheck({
  id: 'parameters/include-alone-brings-logprobs',
  title: 'include brings log probabilities where top_logprobs is left out',
  kind: 'wire',
  scenario: logprobsStreamScenario,
  covers: ['par-logprobs'],

  judge({ stream }) {
    if (text(stream) === '') return notShown('there is no text')
    const told = [
      ...parts(stream, 'output_text').map(({ logprobs }) => logprobs),
      ...events(stream).map(({ data }) => field(data, '/logprobs')),
    ]
    if (told.some((list) => Array.isArray(list) && list.length > 0)) return holds
    return reportIneffective(stream, '/include', {
      step: 'stream',
      at: '/events',
      expected: 'logprobs in a delta, in the finished text or in the final response',
      actual: 'none in any of them',
    })
  },

  mutants: [
    {
      story: 'an engine takes top_logprobs that is left out for log probabilities that are',
      reply: (reply, { body }) =>
        field(body, '/include') === undefined || field(body, '/top_logprobs') !== undefined
          ? reply
          : mapEvents(reply, (event) => dropLogprobs(mapObjects(event, dropLogprobs))),
    },
  ],
})

function dropLogprobs(object: JsonObject): JsonObject {
  return object['logprobs'] === undefined ? object : { ...object, logprobs: [] }
}
