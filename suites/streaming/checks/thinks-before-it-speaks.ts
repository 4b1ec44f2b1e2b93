import { defineCheck, mapEvents, notShown, verdictOf } from '../../../src/authoring/define.ts'
import { events, isObject } from '../../../src/authoring/read.ts'
import { findViolatedRules } from '../../../src/stream/rules/judge-stream.ts'
import type { Json, JsonObject } from '../../../src/types/index.ts'
import { hasItemType } from '../stream-rule-check.ts'
import { renumberEvents } from '../mutants.ts'
import { reasoningStreamScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'streaming/thinks-before-it-speaks',
  title: 'A reasoning item is added before what it led to',
  kind: 'wire',
  scenario: reasoningStreamScenario,
  covers: ['stream-reasoning-precedes-message'],

  judge({ stream }) {
    if (!events(stream).some(hasItemType('reasoning'))) return notShown('the model did not think')
    return verdictOf(
      findViolatedRules(stream, ['reasoning-first']).map((finding) => ({
        ...finding,
        step: 'stream',
      })),
    )
  },

  mutants: [
    {
      story: 'the thoughts of the upstream are appended when everything else was sent',
      reply: (reply) => {
        const thoughts: JsonObject[] = []
        return renumberEvents(
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
