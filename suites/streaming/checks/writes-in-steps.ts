import { defineCheck, mapEvents, notShown, verdictOf } from '../../../src/authoring/define.ts'
import { events, text } from '../../../src/authoring/read.ts'
import { isType } from '../stream-rule-check.ts'
import { renumberEvents } from '../mutants.ts'
import { longStreamScenario } from '../scenarios.ts'

const ENOUGH = 5
const LONG = 200

export default defineCheck({
  id: 'streaming/writes-in-steps',
  title: 'A long answer comes in several deltas',
  kind: 'behavioural',
  scenario: longStreamScenario,
  covers: ['stream-text-multiple-deltas'],

  judge({ stream }) {
    const deltas = events(stream).filter(isType('response.output_text.delta'))
    const { length } = text(stream)
    if (length < LONG) return notShown('the answer is short')
    return verdictOf(
      deltas.length >= ENOUGH
        ? []
        : [
            {
              step: 'stream',
              at: '/events',
              expected: `${ENOUGH} deltas or more for ${length} characters`,
              actual: String(deltas.length),
            },
          ],
    )
  },

  mutants: [
    {
      story: 'the answer of an upstream without streams is put into one delta',
      reply: (reply) => {
        let whole = ''
        mapEvents(reply, (event) => {
          if (event['type'] === 'response.output_text.delta') whole += String(event['delta'])
          return event
        })
        let written = false
        return renumberEvents(
          mapEvents(reply, (event) => {
            if (event['type'] !== 'response.output_text.delta') return event
            if (written) return undefined
            written = true
            return { ...event, delta: whole }
          }),
        )
      },
    },
  ],
})
