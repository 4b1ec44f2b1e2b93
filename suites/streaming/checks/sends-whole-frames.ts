import { defineCheck, moot, verdictOf } from '../../../src/authoring/define.ts'
import type { EveryExchange } from '../../../src/types/index.ts'
import { framing, isFramed } from '../stream-rule-check.ts'
import { reframing } from '../mutants.ts'
import { text } from '../scenarios.ts'

export default defineCheck({
  id: 'streaming/sends-whole-frames',
  title: 'Each event is one frame: data that is one JSON document, closed by a blank line',
  kind: 'wire',
  scenario: 'every',
  covers: ['stream-sse-framing'],

  judge({ exchange }: EveryExchange) {
    if (!isFramed(exchange)) return moot('no event stream over HTTP')
    return verdictOf(
      framing(exchange, {
        'not-json': 'one JSON document as the data of each event',
        'empty-data': 'one JSON document as the data of each event',
        'event-without-data': 'a `data:` line in each frame; parsers drop a frame without it',
        'unknown-line': 'lines that begin with `event:`, `data:`, `id:`, `retry:` or a colon',
        'unterminated-frame': 'a blank line behind the last frame; many clients drop it otherwise',
        'cr-line-ends': 'lines that end in LF or CRLF; many clients do not know a bare CR',
        'mixed-line-ends': 'one kind of line end',
        'unasked-compression': 'no compression, which the request did not ask for',
      }),
    )
  },

  mutants: [
    {
      story: 'the blank line behind a frame is only written before the next one',
      on: text,
      wire: (actions, reply) =>
        'events' in reply.body
          ? reframing(actions, (frame, index) => `${index === 0 ? '' : '\n\n'}${frame.trimEnd()}`)
          : actions,
    },
  ],
})
