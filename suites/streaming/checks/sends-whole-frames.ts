import { defineCheck, notShown, verdictOf } from '../../../src/authoring/define.ts'
import type { EveryExchange } from '../../../src/types/index.ts'
import { framingFindingsOf, isFramed } from '../stream-rule-check.ts'
import { replaceFrames } from '../mutants.ts'
import { textStreamScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'streaming/sends-whole-frames',
  title: 'Each event is one frame: data that is one JSON document, closed by a blank line',
  kind: 'wire',
  scenario: 'every',
  covers: ['stream-sse-framing'],
  promises: ['stream json-data'],

  judge({ exchange }: EveryExchange) {
    if (!isFramed(exchange)) return notShown('no event stream over HTTP')
    return verdictOf(
      framingFindingsOf(exchange, {
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
      on: textStreamScenario,
      wire: replaceFrames((frame, index) => `${index === 0 ? '' : '\n\n'}${frame.trimEnd()}`),
    },
    {
      story: 'a dictionary is printed as it is, and not as JSON',
      on: textStreamScenario,
      wire: replaceFrames((frame) => frame.replaceAll('"', "'")),
    },
    {
      story: 'an empty data line keeps the connection alive',
      on: textStreamScenario,
      wire: replaceFrames((frame, index) => (index === 1 ? `data:\n\n${frame}` : frame)),
    },
    {
      story: 'an event line alone keeps the connection alive',
      on: textStreamScenario,
      wire: replaceFrames((frame, index) => (index === 1 ? `event: keepalive\n\n${frame}` : frame)),
    },
    {
      story: 'a framework writes the time of each frame above it',
      on: textStreamScenario,
      wire: replaceFrames((frame) => `time: 12\n${frame}`),
    },
    {
      story: 'an old server ends lines with CR',
      on: textStreamScenario,
      wire: replaceFrames((frame) => frame.replaceAll('\n', '\r')),
    },
    {
      story: 'a proxy ends the lines that it adds with CRLF',
      on: textStreamScenario,
      wire: replaceFrames((frame, index) => (index === 1 ? `: still here\r\n\r\n${frame}` : frame)),
    },
  ],
})
