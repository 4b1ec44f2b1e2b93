import { defineCheck, holds, notShown, verdictOf } from '../../../src/authoring/define.ts'
import type { EveryExchange } from '../../../src/types/index.ts'
import { isFramed } from '../stream-rule-check.ts'
import { addSentinels } from '../mutants.ts'
import { textStreamScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'streaming/says-done-last',
  title: 'If there is a [DONE], it is the last frame and the only one',
  kind: 'wire',
  scenario: 'every',
  covers: ['stream-done-sentinel-openai'],

  judge({ exchange }: EveryExchange) {
    const { body } = exchange
    if (!isFramed(exchange) || body.kind !== 'events') return notShown('no event stream over HTTP')
    const done = body.events.filter(({ raw }) => raw === '[DONE]')
    if (done.length === 0) return notShown('there is no [DONE]')
    const early = done.find(({ index }) => index < body.events.length - 1)
    if (early === undefined) return holds
    const next = body.events[early.index + 1]
    return verdictOf([
      {
        step: 'exchange',
        at: `/events/${early.index}`,
        expected: 'nothing behind [DONE], where clients stop reading',
        actual: next?.raw.slice(0, 120) ?? '',
      },
    ])
  },

  mutants: [
    {
      story: 'the adapter of another API adds its own sentinel after each item',
      on: textStreamScenario,
      reply: addSentinels,
    },
  ],
})
