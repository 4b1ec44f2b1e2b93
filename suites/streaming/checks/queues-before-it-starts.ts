import { lawCheck, isType } from '../stream-rule-check.ts'
import { changing, renumbered } from '../mutants.ts'
import { text } from '../scenarios.ts'

export default lawCheck({
  id: 'streaming/queues-before-it-starts',
  title: 'response.queued lies between response.created and response.in_progress',
  laws: ['queued-order'],
  covers: ['stream-queued-order'],
  about: isType('response.queued'),

  mutants: [
    {
      story: 'a scheduler reports the queue after the work has begun',
      on: text,
      reply: (reply) =>
        renumbered(
          changing(reply, 'response.in_progress', (event) => [
            event,
            { ...event, type: 'response.queued' },
          ]),
        ),
    },
  ],
})
