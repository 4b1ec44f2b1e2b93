import { defineCheck, holds, mapEvents, violated } from '../../../src/authoring/define.ts'
import { events, eventType, field, show } from '../../../src/authoring/read.ts'
import { streamedRunScenario } from '../background.ts'

export default defineCheck({
  id: 'lifecycle/streams-in-the-background',
  title: 'A streamed background run opens with response.created',
  kind: 'wire',
  scenario: streamedRunScenario,
  covers: ['bg-stream-create'],

  judge({ start }) {
    const [first] = events(start)
    const type = first === undefined ? undefined : eventType(first)
    const background = field(first?.data, '/response/background') ?? true
    if (type === 'response.created' && background === true) return holds
    return violated({
      step: 'start',
      at: '/events/0',
      expected: 'response.created, in the background',
      actual: `${type ?? 'no event'}, background ${show(background)}`,
    })
  },

  mutants: [
    {
      story: 'a gateway streams the run in the foreground',
      reply: (reply) =>
        mapEvents(reply, (event) => ({
          ...event,
          ...(typeof event['response'] === 'object'
            ? { response: { ...(event['response'] as object), background: false } }
            : {}),
        })),
    },
  ],
})
