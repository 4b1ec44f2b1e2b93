import { defineCheck, holds, notShown, violated } from '../../../src/authoring/define.ts'
import { events, eventType, sent, TERMINAL_EVENTS } from '../../../src/authoring/read.ts'
import { field, isObject } from '../../../src/authoring/read.ts'
import type { WireAction } from '../../../src/types/index.ts'
import { longLineStreamScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'streaming/sends-long-lines',
  title: 'A stream whose events are longer than 64 kB comes to its end',
  kind: 'wire',
  scenario: longLineStreamScenario,
  covers: ['stream-single-terminal'],

  judge({ stream }) {
    if (stream.status >= 400 || stream.body.kind === 'json') return notShown('no event stream')
    const list = events(stream)
    const last = list.findLast((event) => TERMINAL_EVENTS.includes(eventType(event) ?? ''))
    const asked = String(field(sent(stream), '/instructions'))
    if (last !== undefined) {
      const echo = isObject(last.data) ? field(last.data, '/response/instructions') : undefined
      return echo === asked ? holds : notShown('the events do not repeat the instructions')
    }
    return violated({
      step: 'stream',
      at: list.length === 0 ? 'framing' : `/events/${list.length - 1}`,
      kind: 'missing-event',
      about: ['/instructions'],
      expected: 'a terminal event, as short streams have it',
      actual: `${list.length} events, none of which ends the stream`,
    })
  },

  mutants: [
    {
      story: 'a relay reads lines into 64 kB, and gives up on the first that is longer',
      wire: (actions) => endAtLongLine(actions),
    },
  ],
})

function endAtLongLine(actions: readonly WireAction[]): readonly WireAction[] {
  const at = actions.findIndex((action) => 'bytes' in action && action.bytes.length > 65_536)
  return at < 0 ? actions : actions.slice(0, at)
}
