import { defineStreamRuleCheck, isType } from '../stream-rule-check.ts'
import { changeEvents, renumberEvents } from '../mutants.ts'
import { textStreamScenario } from '../scenarios.ts'

export default defineStreamRuleCheck({
  id: 'streaming/queues-before-it-starts',
  title: 'response.queued lies between response.created and response.in_progress',
  rules: ['queued-order'],
  covers: ['stream-queued-order'],
  about: isType('response.queued'),

  mutants: [
    {
      story: 'a scheduler reports the queue after the work has begun',
      on: textStreamScenario,
      reply: (reply) =>
        renumberEvents(
          changeEvents(reply, 'response.in_progress', (event) => [
            event,
            { ...event, type: 'response.queued' },
          ]),
        ),
    },
  ],
})
