import { defineCheck, holds, mapEvents, violated } from '../../../src/authoring/define.ts'
import { events, eventType, field, show } from '../../../src/authoring/read.ts'
import { streamedRunScenario } from '../background.ts'

export default defineCheck({
  id: 'lifecycle/streams-in-the-background',
  title: 'A streamed background run opens with response.created, then queued or in progress',
  kind: 'wire',
  scenario: streamedRunScenario,
  covers: ['bg-stream-create'],

  judge({ start }) {
    const types = events(start).map((event) => eventType(event) ?? 'no type')
    const [first, second] = types
    const follows = ['response.queued', 'response.in_progress', undefined].includes(second)
    const isBackground = field(events(start)[0]?.data, '/response/background') === true
    if (first === 'response.created' && follows && isBackground) return holds
    return violated({
      step: 'start',
      at: '/events/0',
      expected: 'response.created with background true, then response.queued or in_progress',
      actual: `${show(types.slice(0, 3))}, background ${show(field(events(start)[0]?.data, '/response/background'))}`,
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
