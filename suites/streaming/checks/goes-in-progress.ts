import { defineStreamRuleCheck } from '../stream-rule-check.ts'
import { dropEvents, renumberEvents, delayEvents, repeatEvents } from '../mutants.ts'
import { textStreamScenario } from '../scenarios.ts'

export default defineStreamRuleCheck({
  id: 'streaming/goes-in-progress',
  title: 'response.in_progress follows response.created, before any output and at most once',
  rules: ['in-progress'],
  covers: ['stream-in-progress-second'],

  mutants: [
    {
      story: 'an adapter announces the response once and goes straight to its items',
      on: textStreamScenario,
      reply: (reply) => renumberEvents(dropEvents(reply, 'response.in_progress')),
    },
    {
      story: 'the response is in progress when its first item is added',
      on: textStreamScenario,
      reply: (reply) => delayEvents(reply, 'response.in_progress'),
    },
    {
      story: 'the queue and the worker both say that the work begins',
      on: textStreamScenario,
      reply: (reply) => repeatEvents(reply, 'response.in_progress'),
    },
  ],
})
