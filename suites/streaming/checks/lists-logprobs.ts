import { defineCheck, notShown, verdictOf } from '../../../src/authoring/define.ts'
import { events, eventType, isObject, show } from '../../../src/authoring/read.ts'
import type { EveryExchange } from '../../../src/types/index.ts'
import { isType } from '../stream-rule-check.ts'
import { dropFields } from '../mutants.ts'
import { textStreamScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'streaming/lists-logprobs',
  title: 'output_text.delta and output_text.done carry a list of logprobs, empty unless asked for',
  kind: 'wire',
  scenario: 'every',
  covers: ['stream-text-logprobs-array'],

  judge({ exchange }: EveryExchange, { yardstick }) {
    const told = events(exchange).filter(
      isType('response.output_text.delta', 'response.output_text.done'),
    )
    if (told.length === 0) return notShown('no text is streamed')
    const wrong = told.filter(({ data }) => {
      const list = isObject(data) ? data['logprobs'] : undefined
      // Open Responses lets them be left out.
      return list === undefined ? yardstick !== 'open-responses' : !Array.isArray(list)
    })
    const [first] = wrong
    return verdictOf(
      first === undefined
        ? []
        : [
            {
              step: 'exchange',
              at: `/events/${first.index}/logprobs`,
              expected: 'an array, [] unless log probabilities were asked for',
              actual: `${show(isObject(first.data) ? first.data['logprobs'] : undefined)} in ${eventType(first)}`,
              message: `In ${wrong.length} of ${told.length} events.`,
            },
          ],
    )
  },

  mutants: [
    {
      story: 'a provider without log probabilities leaves the list out',
      on: textStreamScenario,
      reply: (reply) => dropFields(reply, 'logprobs'),
    },
  ],
})
