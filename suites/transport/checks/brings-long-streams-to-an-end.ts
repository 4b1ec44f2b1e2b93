import { defineCheck, holds, notShown, violated } from '../../../src/authoring/define.ts'
import {
  events,
  eventType,
  field,
  response,
  text,
  TERMINAL_EVENTS,
} from '../../../src/authoring/read.ts'
import { replaceText } from '../../common/mutants.ts'
import { changeEvents, dropEvents } from '../../streaming/mutants.ts'
import type { Exchange } from '../../../src/types/index.ts'
import { longCountScenario } from '../endurance.ts'

/** Fewer show nothing that the usual questions do not show. */
const LEAST_EVENTS = 1_000

export default defineCheck({
  id: 'transport/brings-long-streams-to-an-end',
  title: 'A stream of ten thousand events ends with the whole answer, and so it is stored',
  kind: 'wire',
  scenario: longCountScenario,
  covers: ['stream-single-terminal', 'misc-response-size-consistency'],

  judge({ stream, get }) {
    const all = events(stream)
    const terminal = all.findLast((event) => TERMINAL_EVENTS.includes(eventType(event) ?? ''))
    if (terminal === undefined) {
      const seconds = Math.round((stream.timing?.endMs ?? 0) / 1000)
      return violated({
        step: 'stream',
        at: '/events',
        kind: 'missing-event',
        expected: `one of ${TERMINAL_EVENTS.join(', ')}`,
        actual: `${all.length} events in ${seconds} s, and none of these`,
      })
    }
    if (all.length < LEAST_EVENTS) return notShown(`only ${all.length} events were streamed`)
    const streamed = streamedTextOf(stream)
    for (const [step, exchange] of Object.entries({ stream, get })) {
      // Whoever stores nothing has nothing to shorten.
      if (response(exchange)?.['output'] === undefined) continue
      const kept = text(exchange)
      // That the end repeats nothing at all is told by what judges every stream.
      if (kept === streamed || kept === '') continue
      return violated({
        step,
        at: '/output',
        expected: `${streamed.length} characters, as streamed`,
        actual: `${kept.length} characters`,
      })
    }
    return holds
  },

  mutants: [
    {
      story: 'a gateway ends whatever lasts longer than its patience',
      reply: (reply) =>
        'events' in reply.body && reply.body.events.length > LEAST_EVENTS
          ? dropEvents(reply, ...TERMINAL_EVENTS)
          : reply,
    },
    {
      story: 'a relay keeps at most a page of text for the last event',
      reply: (reply) =>
        TERMINAL_EVENTS.reduce(
          (all, type) =>
            changeEvents(all, type, (event) => {
              const one = replaceText({ ...reply, body: { events: [event] } }, (was) =>
                was.slice(0, 4096),
              )
              return 'events' in one.body ? (one.body.events[0] as typeof event) : event
            }),
          reply,
        ),
    },
    {
      story: 'a store keeps at most a page of text',
      reply: (reply, { method }) =>
        method === 'GET' ? replaceText(reply, (was) => was.slice(0, 4096)) : reply,
    },
  ],
})

function streamedTextOf(stream: Exchange): string {
  return events(stream)
    .filter((event) => eventType(event) === 'response.output_text.delta')
    .map((event) => field(event.data, '/delta'))
    .join('')
}
