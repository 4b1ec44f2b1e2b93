import { defineCheck, notShown, verdictOf } from '../../../src/authoring/define.ts'
import { events, eventType, isStream } from '../../../src/authoring/read.ts'
import { ROLES } from '../../../src/stream/event-types.ts'
import type { EveryExchange } from '../../../src/types/index.ts'
import { changeEvents, renumberEvents } from '../mutants.ts'
import { textStreamScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'streaming/sends-known-events',
  title:
    'Only published event types are sent, or types with a prefix of their own where that is allowed',
  kind: 'wire',
  scenario: 'every',
  covers: ['stream-known-event-types'],

  judge({ exchange }: EveryExchange, { contract, yardstick }) {
    if (!isStream(exchange)) return notShown('no event stream')
    const documented = new Set(contract.events.map(({ type }) => type))
    const known = (type: string): boolean =>
      ROLES.has(type) ||
      documented.has(type) ||
      (yardstick === 'open-responses' && /^[\w-]+:/.test(type))
    const strange = new Map<string, number>()
    for (const event of events(exchange)) {
      const type = eventType(event) ?? ''
      // Data without a type is told where events are numbered.
      if (type !== '' && !known(type) && !strange.has(type)) strange.set(type, event.index)
    }
    return verdictOf(
      [...strange].map(([type, index]) => ({
        step: 'exchange',
        at: `/events/${index}/type`,
        expected:
          yardstick === 'open-responses'
            ? 'a published event type, or one with a prefix as in `acme:trace`'
            : 'a published event type; comments do for heartbeats',
        actual: type,
        message: "The stream helper of OpenAI's SDK throws on types that it does not know.",
      })),
    )
  },

  mutants: [
    {
      story: 'a proxy keeps the connection alive with events of its own',
      on: textStreamScenario,
      reply: (reply) =>
        renumberEvents(
          changeEvents(reply, 'response.in_progress', (event) => [event, { type: 'ping' }]),
        ),
    },
  ],
})
