import {
  defineCheck,
  mapEvents,
  mapResponse,
  notShown,
  verdictOf,
  without,
} from '../../../src/authoring/define.ts'
import { isObject, response, responseAt } from '../../../src/authoring/read.ts'
import { twoWaysScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'basic/stream-ends-in-the-same-shape',
  title: 'The response at the end of a stream has the published fields of an answer at a stroke',
  kind: 'wire',
  scenario: twoWaysScenario,
  covers: ['basic-shape-parity-stream-nonstream'],

  judge({ plain, stream }, { contract }) {
    const [whole, streamed] = [response(plain), response(stream)]
    if (whole === undefined || streamed === undefined)
      return notShown('there is no response object')
    // What a vendor adds is its own affair.
    const published = new Set(contract.responseFields.map(({ at: field }) => field.split('/')[1]))
    const lost = Object.keys(whole).filter((key) => !(key in streamed) && published.has(key))
    const added = Object.keys(streamed).filter((key) => !(key in whole) && published.has(key))
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
      story: 'only the streaming path says whether it was stored',
      reply: (reply) =>
        'json' in reply.body ? mapResponse(reply, (body) => without(body, 'store')) : reply,
    },
  ],
})
