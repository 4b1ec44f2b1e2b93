// Plants a code word in a request, asks for it through a strict schema, and judges the answer.

import { unsure, violated } from './define.ts'
import { items, parts, responseAt, sent } from './read.ts'
import { field, isObject, parse, show } from '../base/json.ts'
import { buildStrictFormat, wordPropertiesOf } from './strict-schema.ts'
import type { Exchange, JsonObject, Judgement, RequestBuilder } from '../types/index.ts'

/** The question for a planted word, for endpoints with and without structured output alike. */
export const ASK_WORD = 'What is the code word? Reply with it only.'

/** The sentence that plants a word. */
export function plantWord(word: string, name = 'code word'): string {
  return `The ${name} is ${word}.`
}

const WORD = /ZX7-[0-9A-F]{8}/gi

/**
 * The part of a body that leaves a model only this word and four that were never planted to answer
 * with, `{"word": "…"}`; nothing where the documents offer no strict schema. The word comes last, so
 * that a blind choice of the first is wrong.
 */
export function wordFormatOf(builder: RequestBuilder, word: string = builder.nonce): JsonObject {
  return wordFormatsOf(builder, { word })
}

/** The same for several questions at once, by property, each with the words that were planted for it. */
export function wordFormatsOf(
  builder: RequestBuilder,
  planted: Readonly<Record<string, string | readonly string[]>>,
): JsonObject {
  // Who guesses several is right in all of them by chance less often than in one.
  const decoys = decoysOf(builder.nonce).slice(0, Object.keys(planted).length > 1 ? 2 : undefined)
  return choiceFormatOf(
    builder,
    Object.fromEntries(
      Object.entries(planted).map(([name, words]) => [name, [...decoys, words].flat()]),
    ),
  )
}

/** The same with all words as given, by property. */
export function choiceFormatOf(
  builder: RequestBuilder,
  questions: Readonly<Record<string, readonly string[]>>,
): JsonObject {
  if (!builder.promises('request /text/format/type = json_schema')) return {}
  const choices = Object.fromEntries(
    Object.entries(questions).map(([name, words]) => [name, ['unknown', ...words]]),
  )
  return buildStrictFormat(wordPropertiesOf(choices))
}

/** Another code word that a judge can work out: every digit of `word` raised by `step` (1 to 15). */
export function variantOf(word: string, step: number): string {
  const digits = Array.from(word.slice(4), (digit) =>
    ((parseInt(digit, 16) + step) % 16).toString(16),
  )
  return `${word.slice(0, 4)}${digits.join('').toUpperCase()}`
}

/** Four words that were never planted. */
export function decoysOf(word: string): readonly string[] {
  return [7, 9, 11, 13].map((step) => variantOf(word, step))
}

/** What the answer says in its messages and in the arguments of its calls. */
export function answerTextOf(exchange: Exchange): string {
  const texts = parts(exchange).map((part) => part['text'])
  const calls = items(exchange, 'function_call').map((call) => call['arguments'])
  return [...texts, ...calls].filter((value) => typeof value === 'string').join('\n')
}

/** The code words that the answer names, each once. */
export function codeWordsOf(text: string): readonly string[] {
  return [...new Set([...text.matchAll(WORD)].map(([word]) => word.toUpperCase()))]
}

/** The right word came back: what that shows depends on the model. */
export const HEARD: Judgement = { kind: 'holds', by: 'word' }

const FORMAT_IGNORED =
  'the answer is not in the forced format, and so no answer to what was asked: see structured-output'

/**
 * The doubt about an answer in some other form than the strict schema that was sent, prose without
 * any of its words or an object without its keys: nothing was asked, in effect.
 */
export function doubtUnformatted(exchange: Exchange): Judgement | undefined {
  if (field(sent(exchange), '/text/format/type') !== 'json_schema') return undefined
  const answer = parse(answerTextOf(exchange))
  const keys = field(sent(exchange), '/text/format/schema/required')
  const ignored = isObject(answer)
    ? Array.isArray(keys) && keys.some((key) => !Object.hasOwn(answer, String(key)))
    : codeWordsOf(answerTextOf(exchange)).length === 0
  return ignored ? unsure('prerequisite', FORMAT_IGNORED, { field: '/text' }) : undefined
}

/** What it shows that the answer was or was not as `expected`. */
export function judgeHeard(
  step: string,
  exchange: Exchange,
  isHeard: boolean,
  expected: string,
): Judgement {
  if (isHeard) return HEARD
  if (parts(exchange, 'refusal').length > 0) return unsure('model-declined', 'the model refused')
  const doubt = doubtUnformatted(exchange)
  if (doubt !== undefined) return doubt
  return violated({
    step,
    at: `${responseAt(exchange)}/output`,
    expected,
    actual: show(answerTextOf(exchange)),
    by: 'word',
  })
}

/** Whether the answer is the word; `from` says where it could be learnt: `that the picture shows`. */
export function judgeRecall(
  step: string,
  exchange: Exchange,
  word: string,
  from: string,
): Judgement {
  const words = codeWordsOf(answerTextOf(exchange))
  if (words.length === 1 && words[0] === word) return HEARD
  if (parts(exchange, 'refusal').length > 0) return unsure('model-declined', 'the model refused')
  if (words.includes(word)) {
    return unsure('model-declined', `the answer names several code words: ${words.join(', ')}`)
  }
  return judgeHeard(step, exchange, false, `an answer with ${word}, the code word ${from}`)
}

/** Whether the answer gives each property its word, or names them all in prose. */
export function judgeEachRecall(
  step: string,
  exchange: Exchange,
  answers: Readonly<Record<string, string>>,
  from: string,
): Judgement {
  const answer = answerTextOf(exchange)
  const parsed = parse(answer)
  const named = codeWordsOf(answer)
  const [wrong] = Object.entries(answers).filter(([name, word]) => {
    if (!isObject(parsed)) return !named.includes(word)
    const given = parsed[name]
    return typeof given !== 'string' || given.toUpperCase() !== word
  })
  if (wrong === undefined) return HEARD
  if (parts(exchange, 'refusal').length > 0) return unsure('model-declined', 'the model refused')
  const doubt = doubtUnformatted(exchange)
  if (doubt !== undefined) return doubt
  // Who answers several questions in prose may leave one of them out.
  const asked = field(sent(exchange), '/text/format/schema/properties')
  const questions = Math.max(
    Object.keys(answers).length,
    isObject(asked) ? Object.keys(asked).length : 0,
  )
  const isAsked = questions > 1 && !isObject(parsed)
  const isProse = field(sent(exchange), '/text/format/type') !== 'json_schema' || isAsked
  if (isProse && named.length > 0) {
    return unsure('model-declined', `in prose the model named ${named.join(', ')}`)
  }
  return violated({
    step,
    at: `${responseAt(exchange)}/output`,
    expected: `${wrong[0]}: ${wrong[1]}, the code word ${from}`,
    actual: show(answer),
    by: 'word',
  })
}
