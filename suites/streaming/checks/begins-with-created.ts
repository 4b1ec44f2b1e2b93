import { defineStreamRuleCheck } from '../stream-rule-check.ts'
import { dropEvents, changeEvents, delayEvents, renumberEvents } from '../mutants.ts'
import { textStreamScenario } from '../scenarios.ts'
import { mapEvents } from '../../../src/authoring/define.ts'

export default defineStreamRuleCheck({
  id: 'streaming/begins-with-created',
  title: 'A stream begins with response.created, exactly once',
  rules: ['created-first'],
  covers: ['stream-first-event-created'],

  mutants: [
    {
      story: 'an adapter begins with the first chunk of its upstream',
      on: textStreamScenario,
      reply: (reply) => dropEvents(reply, 'response.created'),
    },
    {
      story: 'types are sent without the beginning that they share',
      on: textStreamScenario,
      reply: (reply) =>
        mapEvents(reply, (event) => ({
          ...event,
          type: String(event['type']).replace('response.', ''),
        })),
    },
    {
      story: 'a second attempt upstream begins the response again',
      on: textStreamScenario,
      reply: (reply) =>
        renumberEvents(
          changeEvents(reply, 'response.in_progress', (event) => [
            event,
            { ...event, type: 'response.created' },
          ]),
        ),
    },
    {
      story: 'the response is announced when the work on it has begun',
      on: textStreamScenario,
      reply: (reply) => delayEvents(reply, 'response.created'),
    },
  ],
})
