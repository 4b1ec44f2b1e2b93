// What every client is asked to do, in the words that the deterministic model understands.

import { readFileSync } from 'node:fs'
import { z } from 'zod'

const path = process.env.CLIENT_SCENARIOS ?? new URL('../scenarios.json', import.meta.url)
const { texts, tool, answer, picture, file: pdf } = JSON.parse(readFileSync(path, 'utf8'))

export const { sentence, weather, secret, question } = texts
export { texts, picture, pdf }
export const weatherTool = {
  name: tool.name,
  description: tool.description,
  schema: z.object({ city: z.string() }),
  run: ({ city }) => tool.result.replace('{city}', city),
}
export const Answer = z.object({ word: z.enum(answer.schema.properties.word.enum) })

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
