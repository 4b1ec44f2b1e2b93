// The deterministic model: drafts the output from the visible context and the options of the request. The
// forms of prompt that it follows are listed in the reference's README.

import type { JsonObject } from '../../src/types/index.ts'
import { isRecord } from '../json.ts'
import type { VisibleContext } from './visible-context.ts'
import { countTo } from './count-in-words.ts'
import type { Callable, Draft, RequestOptions } from './draft-types.ts'
import { fillSchema, type FillOptions } from './value-for-schema.ts'
import { createGuesser, muddleAnswer, weaken, type WeakModel } from './weak-models.ts'
import { writeInput } from './custom-tool-input.ts'
import { runHosted } from './hosted-tools.ts'
import { findLatestCodeWord } from './find-values-in-text.ts'
import {
  computeAsked,
  isSpokenOf,
  isLongWanted,
  readAskedNumber,
  readAskedWords,
  readTask,
  findAskedStatement,
} from './read-wording.ts'

const EFFORT_TOKENS: Readonly<Record<string, number>> = {
  minimal: 4,
  low: 8,
  medium: 16,
  high: 32,
  xhigh: 48,
  max: 64,
}
const SMALL_TALK = 'This is the reference model: it follows the request, and has nothing to add.'
const RULES: ReadonlySet<string> = new Set(['instructions', 'system', 'developer'])
const REFUSAL = 'I cannot help with this request.'

/** Thrown into the conversation on purpose: the run ends as `failed`. */
const FAILURE = 'Please fail while answering.'

export function isFailureWanted(seen: VisibleContext): boolean {
  return seen.question.includes(FAILURE)
}

/** From what the model sees to what it says; `weak` names a model that is worse than it could be. */
export function answerRequest(
  given: VisibleContext,
  wanted: RequestOptions,
  weak?: WeakModel,
): readonly Draft[] {
  if (weak === undefined) return answerWell(given, wanted)
  const [seen, options] = weaken(weak, given, wanted)
  return muddleAnswer(
    weak,
    answerWell(seen, options, createGuesser(weak)),
    options.format.type === 'text',
  )
}

function answerWell(
  seen: VisibleContext,
  options: RequestOptions,
  guess?: FillOptions['guess'],
): readonly Draft[] {
  const thought = options.thinks === undefined ? [] : [think(seen, options.thinks)]
  const calls = chooseCalls(seen, options)
  const client = calls.filter(({ callable }) => callable.kind !== 'hosted')
  const hosted = calls.filter(({ callable }) => callable.kind === 'hosted')
  const isPlain = options.format.type === 'text'
  const run = runHosted(
    hosted.map(({ callable }) => callable).slice(0, options.hostedLimit),
    seen,
    options,
  )
  if (client.length > 0 || run.waits) {
    return [
      ...thought,
      ...run.before,
      ...client.map(({ callable, value }) => call(callable, seen, value, guess)),
    ]
  }
  return [
    ...thought,
    ...run.before,
    { type: 'message', parts: [(isPlain && run.answer) || answer(seen, options, guess)] },
  ]
}

interface Call {
  readonly callable: Callable
  /** What the prompt asked this call to be about. */
  readonly value?: string
}

function chooseCalls(seen: VisibleContext, options: RequestOptions): readonly Call[] {
  const { must, among } = options.choice
  if (among.length === 0 || (seen.afterTool && !must)) return []
  const each = /\b(?:call|use) ([\w-]+) once for each of: ?([^\n]*)/i.exec(seen.question)
  const named = among.find(({ name }) => name === each?.[1])
  if (named !== undefined) {
    const values = listed(each![2]!).map((value) => ({ callable: named, value }))
    return options.parallel ? values : values.slice(0, 1)
  }
  const asked =
    among.find(({ name }) => namesOf(seen.question).includes(name)) ??
    among.find((one) => isHinted(one, seen.question))
  if (asked !== undefined) return [{ callable: asked }]
  // A question that says what to answer, or to refuse it, wants no tool.
  const isOpen = sayingOf(seen) === undefined && !isToBeRefused(seen)
  const about = must || isOpen ? among.filter((one) => isSpokenOf(one, seen.question)) : []
  if (about.length > 0) return about.slice(0, options.parallel ? 8 : 1).map(asCall)
  return must ? [{ callable: among[0]! }] : []
}

function isToBeRefused({ question }: VisibleContext): boolean {
  return /\bplease refuse this request\b/i.test(question)
}

const asCall = (callable: Callable): Call => ({ callable })

function namesOf(question: string): readonly string[] {
  return [...question.matchAll(/\b(?:call|use) (?:the )?[`'"]?([\w-]{1,128})/gi)].map(
    ([, name]) => name!,
  )
}

/** Hosted tools are also known by what they do. */
function isHinted(one: Callable, question: string): boolean {
  if (one.kind !== 'hosted') return false
  if (one.name.startsWith('web_search')) return /\bsearch the web\b/i.test(question)
  if (one.name === 'file_search') return /\bsearch (?:the|my) files\b/i.test(question)
  if (one.name === 'code_interpreter') return /\brun (?:some |this )?code\b/i.test(question)
  if (one.name === 'image_generation')
    return /\b(?:draw|generate) an? (?:image|picture)\b/i.test(question)
  // An MCP server is asked whenever it is offered.
  return one.tool['type'] === 'mcp'
}

function listed(text: string): readonly string[] {
  return text
    .replace(/\.\s*$/, '')
    .split(/,\s*(?:and\s+)?|\s+and\s+/)
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .slice(0, 32)
}

function call(
  { kind, name, namespace, tool }: Callable,
  seen: VisibleContext,
  value?: string,
  guess?: FillOptions['guess'],
): Draft {
  const text = value === undefined ? seen.text : `${seen.text}\n${value}`
  const wanted = value ?? readAskedWords(seen.question)
  if (kind === 'custom') {
    const task = readTask(seen.question, name)
    const number = computeAsked(seen.question)
    const input = writeInput(tool['format'], { text, wanted, task, number })
    return { type: 'custom_tool_call', name, input }
  }
  const schema = tool['parameters']
  const filled = isRecord(schema) ? fillSchema(schema as JsonObject, { text, wanted, guess }) : {}
  return {
    type: 'function_call',
    name,
    ...(namespace === undefined ? {} : { namespace }),
    arguments: JSON.stringify(isRecord(filled) ? filled : {}),
  }
}

function answer(
  seen: VisibleContext,
  options: RequestOptions,
  guess: FillOptions['guess'],
): { text: string } | { refusal: string } {
  if (isToBeRefused(seen)) return { refusal: REFUSAL }
  const { type, schema } = options.format
  if (type === 'json_schema' && schema !== undefined) {
    const wanted = readAskedWords(seen.question)
    return { text: JSON.stringify(fillSchema(schema, { text: seen.text, wanted, guess })) }
  }
  const text = plainAnswer(seen)
  return { text: type === 'json_object' ? JSON.stringify({ answer: text }) : text }
}

function plainAnswer(seen: VisibleContext): string {
  const said = sayingOf(seen)
  if (said !== undefined && said !== '') return wellFormed(said)
  const count = /\bcount from 1 to (\d{1,6})\b/i.exec(seen.question)
  if (count !== null && Number(count[1]) > 0) return countTo(Number(count[1]))
  if (seen.afterTool) return wellFormed(seen.toolTexts.join('\n').slice(0, 20_000)) || 'Done.'
  const word = findLatestCodeWord(seen.text)
  if (word !== undefined && /\b(?:word|code|secret|nonce)\b/i.test(seen.question)) {
    return `The code word is ${word}.`
  }
  const last = seen.segments.findLast(({ voice }) => voice === 'image' || voice === 'file')
  if (last !== undefined) return wellFormed(`I see: ${last.text.slice(0, 500)}`)
  const result = computeAsked(seen.question)
  if (result !== undefined) return String(result)
  const stated = findAskedStatement(seen.question, seen.text)
  if (stated !== undefined) return stated
  const told = seen.segments.filter(({ voice }) => voice === 'tool').map((one) => one.text)
  const number = readAskedNumber(seen.question, told.join('\n'))
  if (number !== undefined) return number
  return isLongWanted(seen.question) ? `${SMALL_TALK} `.repeat(20).trim() : SMALL_TALK
}

/** What the last message asks to be said, else what those who set up the conversation asked. */
function sayingOf({ question, segments }: VisibleContext): string | undefined {
  const rules = segments.filter(({ voice }) => RULES.has(voice)).map(({ text }) => text)
  return [question, ...rules.toReversed()]
    .map(readAskedWords)
    .find((said) => said !== undefined && said !== '')
}

function think(
  seen: VisibleContext,
  { effort, summary }: { readonly effort: string; readonly summary: boolean },
): Draft {
  const tokens = EFFORT_TOKENS[effort] ?? EFFORT_TOKENS['medium']!
  const thought = `The request has ${seen.segments.length} parts; the last one decides what to say.`
  const parts = ['**Reading the request**\n\nThe last message decides what to say.']
  return { type: 'reasoning', tokens, thought, summary: summary ? parts : [] }
}

/** Halves of surrogate pairs cannot be sent as UTF-8. */
function wellFormed(text: string): string {
  return text.replaceAll(/\p{Surrogate}/gu, '?')
}
