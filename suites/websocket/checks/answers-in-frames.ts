import { defineCheck, mapEvents, verdictOf } from '../../../src/authoring/define.ts'
import { events, eventType, isObject, show, TERMINAL_EVENTS } from '../../../src/authoring/read.ts'
import type { Finding } from '../../../src/types/index.ts'
import { connectionScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'websocket/answers-in-frames',
  title: 'A turn is answered by frames of one event each, from response.created to the end',
  kind: 'wire',
  scenario: connectionScenario,
  covers: ['ws-connect', 'ws-create-events'],

  judge({ first }) {
    const findings: Finding[] = []
    const frames = first.body.kind === 'events' ? first.body.events : []
    const expect = (at: string, right: boolean, expected: string, actual: string): void => {
      if (!right) findings.push({ step: 'first', at, expected, actual })
    }
    const stray = frames.find((frame) => !isObject(frame.data))
    if (stray !== undefined) {
      expect(`/events/${stray.index}`, false, 'one JSON object, without [DONE]', show(stray.raw))
    }
    const types = events(first).map((event) => eventType(event) ?? 'no type')
    expect('/events/0', types[0] === 'response.created', 'response.created', show(types[0]))
    const last = types.at(-1) ?? 'nothing'
    const at = `/events/${Math.max(0, types.length - 1)}`
    expect(at, TERMINAL_EVENTS.includes(last), TERMINAL_EVENTS.join(' or '), show(last))
    return verdictOf(findings)
  },

  mutants: [
    {
      story: 'a gateway skips the opening events on its connections',
      reply: (reply) =>
        mapEvents(reply, (event) => (event['type'] === 'response.created' ? undefined : event)),
    },
  ],
})
