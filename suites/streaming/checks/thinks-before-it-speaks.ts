import { defineCheck, mapEvents, moot, verdictOf } from '../../../src/authoring/define.ts'
import { events, isObject } from '../../../src/authoring/read.ts'
import { broken } from '../../../src/stream/rules/judge-stream.ts'
import type { Json, JsonObject } from '../../../src/types/index.ts'
import { carries } from '../stream-rule-check.ts'
import { renumbered } from '../mutants.ts'
import { reasoning } from '../scenarios.ts'

export default defineCheck({
  id: 'streaming/thinks-before-it-speaks',
  title: 'A reasoning item is added before what it led to',
  kind: 'wire',
  scenario: reasoning,
  covers: ['stream-reasoning-precedes-message'],

  judge({ stream }) {
    if (!events(stream).some(carries('reasoning'))) return moot('the model did not think')
    return verdictOf(
      broken(stream, ['reasoning-first']).map((finding) => ({ ...finding, step: 'stream' })),
    )
  },

  mutants: [
    {
      story: 'the thoughts of the upstream are appended when everything else was sent',
      reply: (reply) => {
        const thoughts: JsonObject[] = []
        return renumbered(
          mapEvents(reply, (event) => {
            if (event['output_index'] === 0) {
              thoughts.push({ ...event, output_index: 1 })
              return undefined
            }
            if (event['output_index'] === 1) return { ...event, output_index: 0 }
            const { response } = event
            if (event['type'] !== 'response.completed' || !isObject(response)) return event
            const output = [...((response['output'] ?? []) as readonly Json[])].toReversed()
            return [...thoughts, { ...event, response: { ...response, output } }]
          }),
        )
      },
    },
  ],
})
