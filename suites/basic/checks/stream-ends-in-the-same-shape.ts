import {
  defineCheck,
  mapEvents,
  notShown,
  verdictOf,
  without,
} from '../../../src/authoring/define.ts'
import { isObject, response, responseAt } from '../../../src/authoring/read.ts'
import { twoWaysScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'basic/stream-ends-in-the-same-shape',
  title: 'The response at the end of a stream has the fields of an answer at a stroke',
  kind: 'wire',
  scenario: twoWaysScenario,
  covers: ['basic-shape-parity-stream-nonstream'],

  judge({ plain, stream }) {
    const [whole, streamed] = [response(plain), response(stream)]
    if (whole === undefined || streamed === undefined)
      return notShown('there is no response object')
    const lost = Object.keys(whole).filter((key) => !(key in streamed))
    const added = Object.keys(streamed).filter((key) => !(key in whole))
    const at = responseAt(stream)
    return verdictOf([
      ...lost.map((key) => ({
        step: 'stream',
        at: `${at}/${key}`,
        expected: 'present, as in the answer without streaming',
        actual: 'absent',
      })),
      ...added.map((key) => ({
        step: 'stream',
        at: `${at}/${key}`,
        expected: 'absent, as in the answer without streaming',
        actual: 'present',
      })),
    ])
  },

  mutants: [
    {
      story: 'the streaming path builds its own, smaller response object',
      reply: (reply) =>
        mapEvents(reply, (event) =>
          isObject(event['response'])
            ? { ...event, response: without(event['response'], 'tool_choice', 'tools') }
            : event,
        ),
    },
    {
      story: 'the streaming path adds the finish reason of its upstream',
      reply: (reply) =>
        mapEvents(reply, (event) =>
          isObject(event['response'])
            ? { ...event, response: { ...event['response'], finish_reason: 'stop' } }
            : event,
        ),
    },
  ],
})
