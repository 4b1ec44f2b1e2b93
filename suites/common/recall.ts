// Code words: planted somewhere, asked for, and found again in the answer or not. Never prose.

import { holds, unsure, violated } from '../../src/define.ts'
import { field, isObject, parse, response, responseAt, show } from '../../src/read.ts'
import type { Exchange, Json, JsonObject, Judgement, Kit } from '../../src/types.ts'
import { asked, said } from './answers.ts'

export const JSON_SCHEMA = 'request /text/format/type = json_schema'
export const QUESTION = 'What is the code word? Answer with the code word only.'

/** The sentence that plants a word. */
export function plant(word: string, name = 'code word'): string {
  return `The ${name} is ${word}.`
}

/** The word that a sentence of the request plants. */
export function planted(exchange: Exchange, at: string, name = 'code word'): string | undefined {
  const sentence = asked(exchange, at)
  if (typeof sentence !== 'string') return undefined
  return new RegExp(`The ${name} is ([\\p{L}\\p{N}_-]+)\\.`, 'u').exec(sentence)?.[1]
}

/** Some words among which the true ones hide, sorted so that their place says nothing. */
export function among(kit: Kit, truths: readonly string[], slot = 0): readonly string[] {
  const decoys = [1, 2, 3, 4, 5].map((index) => kit.word(50 + 10 * slot + index))
  return [...[...truths, ...decoys].toSorted(), 'unknown']
}

/** `text` settings that leave an answer nothing but one of these words for each name. */
export function words(choices: Readonly<Record<string, readonly string[]>>): JsonObject {
  return {
    text: {
      format: { type: 'json_schema', name: 'code_words', strict: true, schema: wordsOf(choices) },
    },
  }
}

/** The schema of an object with one word for each name. */
export function wordsOf(choices: Readonly<Record<string, readonly string[]>>): JsonObject {
  return {
    type: 'object',
    properties: Object.fromEntries(
      Object.entries(choices).map(([name, choice]) => [name, { type: 'string', enum: choice }]),
    ),
    required: Object.keys(choices),
    additionalProperties: false,
  }
}

/** The same, where the provider's documents know structured output; otherwise the question has to do. */
export function wordsIfPromised(
  kit: Kit,
  choices: Readonly<Record<string, readonly string[]>>,
): JsonObject {
  return kit.promises(JSON_SCHEMA) ? words(choices) : {}
}

/** Whether the answer has the true word and no other, in whatever form it came. */
export function recalls(
  step: string,
  exchange: Exchange,
  truth: string | undefined,
  name = 'word',
): Judgement {
  const status = field(response(exchange), '/status')
  if (status === 'failed' || status === 'incomplete') {
    return unsure('prerequisite', `the answer is ${status}`)
  }
  const answer = said(exchange)
  const parsed = parse(answer)
  const given = isObject(parsed) ? parsed[name] : undefined
  const found = typeof given === 'string' ? given : answer
  const others = choices(exchange, name).filter((word) => word !== truth)
  const right =
    truth !== undefined && found.includes(truth) && !others.some((word) => found.includes(word))
  if (right) return holds
  return violated({
    step,
    at: `${responseAt(exchange)}/output`,
    expected: `the ${name} ${show(truth)}`,
    actual: answer === '' ? 'no text' : show(found),
  })
}

function choices(exchange: Exchange, name: string): readonly string[] {
  const list: Json | undefined = asked(exchange, `/text/format/schema/properties/${name}/enum`)
  return Array.isArray(list) ? list.filter((word) => typeof word === 'string') : []
}
