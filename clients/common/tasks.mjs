// What every client is asked to do, in the words that the deterministic model understands.

import { z } from 'zod'

const SENTENCE = 'a blue lantern over the harbour — 港'
export const sentence = `Reply with exactly: ${SENTENCE}`

const CITIES = ['Paris', 'Oslo']
export const weather = `Call get_weather once for each of: ${CITIES.join(', ')}.`
export const weatherTool = {
  name: 'get_weather',
  description: 'Weather of a city',
  schema: z.object({ city: z.string() }),
  run: ({ city }) => `21 degrees in ${city}`,
}

export const secret = 'The code word is kestrel. Please remember it.'
export const question = 'Which code word did I tell you?'
export const Answer = z.object({ word: z.enum(['walnut', 'kestrel', 'ember', 'unknown']) })

/** Collects the calls that a client made, in order. */
export function recorder() {
  const calls = []
  return {
    calls,
    run(input) {
      calls.push(input)
      return weatherTool.run(input)
    },
  }
}
