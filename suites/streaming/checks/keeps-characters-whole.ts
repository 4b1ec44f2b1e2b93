import { defineCheck, mapEvents, notShown, verdictOf } from '../../../src/authoring/define.ts'
import { isStream } from '../../../src/authoring/read.ts'
import { findViolatedRules } from '../../../src/stream/rules/judge-stream.ts'
import type { EveryExchange } from '../../../src/types/index.ts'
import { framingFindingsOf } from '../stream-rule-check.ts'
import { renumberEvents, replaceFrames } from '../mutants.ts'
import { charactersStreamScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'streaming/keeps-characters-whole',
  title: 'Payloads are UTF-8, and no delta holds half a character',
  kind: 'wire',
  scenario: 'every',
  covers: ['stream-utf8-chunk-safe'],

  judge({ exchange }: EveryExchange) {
    if (!isStream(exchange)) return notShown('no event stream')
    const bytes = framingFindingsOf(exchange, { 'invalid-utf8': 'UTF-8' })
    // Broken bytes read as broken characters: one mistake.
    return verdictOf(bytes.length > 0 ? bytes : findViolatedRules(exchange, ['characters']))
  },

  mutants: [
    {
      story: 'tokens are decoded one by one, although a character may need two of them',
      on: charactersStreamScenario,
      reply: (reply) =>
        renumberEvents(
          mapEvents(reply, (event) => {
            const { delta } = event
            if (typeof delta !== 'string' || !delta.includes('😀')) return event
            const half = delta.indexOf('😀') + 1
            return [
              { ...event, delta: delta.slice(0, half) },
              { ...event, delta: delta.slice(half) },
            ]
          }),
        ),
    },
    {
      story: 'a server writes Latin-1, with a question mark for what that lacks',
      on: charactersStreamScenario,
      wire: replaceFrames(
        (frame) => frame.replaceAll(/[^\0-\xFF]/gu, '?'),
        (frame) => Buffer.from(frame, 'latin1'),
      ),
    },
  ],
})
