// Sends one step to a provider: within the budget, with its retries, saved before it is judged.

import { response } from '../authoring/read.ts'
import { field, spell } from '../base/json.ts'
import { completeLimits, describeLimit } from '../target/reading-limits.ts'
import type { Target } from '../target/target-and-keys.ts'
import type { Doubt, Exchange, LimitName, Step, WireRequest } from '../types/index.ts'
import type { RateLimiter } from '../transport/rate-limiter.ts'
import type { Sender, SendResult, SentExchange } from '../transport/http.ts'
import type { Sockets } from '../transport/websocket.ts'
import { isAnswered, tokensOf } from './is-answered.ts'
import { createOutageWatch, isCredentialRefusal, retryDelayOf } from './retry-delay.ts'
import { createTokenBudget, type PaidAnswer } from '../transport/token-budget.ts'
import type { EvidenceStore } from './saved-exchanges.ts'

/** Requests for one step, retries after 429, 5xx and broken connections included. */
const TRIES = 4

/** After so many steps in a row without any answer the provider counts as gone, and is left alone. */
const PATIENCE = 12

export interface Usage {
  readonly requests: number
  readonly retries: number
  readonly inputTokens: number
  readonly outputTokens: number
}

export interface StepSenderOptions {
  readonly target: Target
  readonly sender: Sender
  readonly limiter: RateLimiter
  readonly store: EvidenceStore
  readonly signal: AbortSignal
  /** Called once for each exchange, as soon as it is saved, with the name of its question. */
  readonly onExchange?: (exchange: Exchange, name: string) => void
  /** What was sent and paid before the first step; it counts for the budget. */
  readonly spent?: Usage
  /** What an earlier part of this run was answered: evidence ids by the names of questions. */
  readonly earlier?: ReadonlyMap<string, string>
  readonly onBudget?: (note: string) => void
  /** Called when a request takes long, with the scenario and the step, and again when it has ended. */
  readonly onWaiting?: (label: string, isOpen: boolean) => void
  /** Called once, when the provider counts as gone. */
  readonly onGone?: (note: string) => void
  /** Where it is known to answer: server errors alone then never end the asking. */
  readonly isServing?: boolean
  /** Passes the time between two polls and before a retry; in real time unless given. */
  readonly pause?: (ms: number, signal: AbortSignal) => Promise<void>
}

export interface StepRequest {
  readonly request: WireRequest
  readonly step: Step
  /** `<scenario>#<step>` */
  readonly label: string
  /** Stands for who asks and for the whole request: the answer is found again under it. */
  readonly name: string
  readonly sockets: Sockets
  /** Goes before those that are not. */
  readonly urgent: boolean
}

/** How long a request is waited for without naming it. */
const LONG_MS = 5_000

/** What one step brought: an exchange, a doubt, or both. */
export interface StepAnswer {
  readonly exchange?: Exchange
  readonly doubt?: Doubt
}

export interface StepSender {
  /** Never rejects for what a provider does. */
  send(question: StepRequest): Promise<StepAnswer>
  readonly usage: Usage
}

export const STOPPED: Doubt = { reason: 'interrupted', note: 'the run was stopped' }

/** Steps in a row without an answer, and why the last of them had none. */
interface Silence {
  readonly steps: number
  readonly doubt?: Doubt
}

const SOUND: Silence = { steps: 0 }

export function createStepSender(options: StepSenderOptions): StepSender {
  const { target, sender, limiter, store, signal, pause = waitFor } = options
  const usage = { requests: 0, retries: 0, inputTokens: 0, outputTokens: 0, ...options.spent }
  const budget = createTokenBudget(target.limits.tokens, usage.inputTokens + usage.outputTokens)
  const outage = createOutageWatch(usage.requests, options.isServing)
  /** Input and output tokens by the ids of responses. */
  const counted = new Map<string, readonly [number, number]>()
  let silence: Silence = SOUND
  let overspent = false
  let isTold = false
  /** What was under way when the provider last stopped answering, mistakes first. */
  let unanswered: readonly string[] = []

  async function send(question: StepRequest): Promise<StepAnswer> {
    const earlier = answeredEarlier(question)
    if (earlier !== undefined) return earlier
    const started = Date.now()
    for (let paused = 0; ;) {
      const answer = await attempt(question)
      const until = question.request.repeatUntil
      // An error will not turn into the state that is waited for.
      const waits = answer.exchange !== undefined && isAnswered(answer.exchange)
      if (until === undefined || !waits || answer.doubt !== undefined) return answer
      const value = field(response(answer.exchange!), until.at)
      const reached = value !== undefined && until.oneOf.includes(value)
      if (reached || Math.max(paused, Date.now() - started) > until.limitMs) return answer
      await pause(until.everyMs, signal)
      paused += until.everyMs
    }
  }

  /**
   * A question's name holds the whole request, and with it the answers that it builds upon: what is
   * found under it may be built upon again. Not so what was under way when that part of the run
   * ended, and is in another state by now, nor what was said on a connection that is closed.
   */
  function answeredEarlier({ request, step, name }: StepRequest): StepAnswer | undefined {
    const id = request.transport === 'websocket' ? undefined : options.earlier?.get(name)
    const saved = id === undefined ? undefined : store.load(id)
    if (saved?.ending !== 'complete' || doubtAbout(saved, step).doubt !== undefined)
      return undefined
    const status = field(response(saved), '/status')
    return status === 'queued' || status === 'in_progress' ? undefined : { exchange: saved }
  }

  /** One request with its retries. */
  async function attempt(question: StepRequest): Promise<StepAnswer> {
    const { request, step, urgent } = question
    for (let tries = 1; ; tries++) {
      let result: SendResult | { readonly spared: Doubt } | { readonly held: Promise<void> }
      try {
        result = await limiter.run(
          async () => {
            // Asked in the slot, not before the queue: what came in the meantime counts.
            const isAdmitted = await budget.admit(request, signal)
            const doubt = overBudget(isAdmitted) ?? gone()
            if (doubt !== undefined) outage.leave(tries > 1)
            const admission = doubt === undefined ? outage.admit(tries > 1) : 'gone'
            if (admission !== 'go') {
              if (isAdmitted) budget.release(request)
              return admission === 'hold'
                ? { held: outage.changed(signal) }
                : { spared: doubt ?? endOutage() }
            }
            usage.requests++
            if (tries > 1) usage.retries++
            return transmit(question)
          },
          signal,
          tries > 1 || urgent,
        )
        if ('held' in result) await result.held
      } catch (error) {
        outage.settle(undefined, false)
        if (signal.aborted) return { doubt: STOPPED }
        throw error
      }
      if ('held' in result) {
        tries--
        continue
      }
      if ('spared' in result) return { doubt: result.spared }
      if (tries === 1) remember(result, question)
      const delay = retryDelayOf(result, step, tries, target.limits.deadlineMs)
      const isSentAgain = delay !== undefined && tries < TRIES && !signal.aborted
      outage.settle('failed' in result ? undefined : result.exchange.status, isSentAgain)
      if (isSentAgain) {
        if (delay.slowDown) limiter.slowDown(delay.ms)
        else await pause(delay.ms, signal)
        continue
      }
      const answer =
        'failed' in result ? { doubt: result.failed } : await keep(result, tries, question)
      silence = isSilence(answer) ? { steps: silence.steps + 1, doubt: answer.doubt } : SOUND
      return answer
    }
  }

  /** Says which request is waited for, once it takes long. */
  async function transmit({ request, label, sockets }: StepRequest): Promise<SendResult> {
    let isLong = false
    const timer = setTimeout(() => {
      isLong = true
      options.onWaiting?.(label, true)
    }, LONG_MS)
    const result = await (
      request.transport === 'websocket'
        ? sockets.turn(request, signal)
        : sender.send(request, signal)
    ).finally(() => clearTimeout(timer))
    if (isLong) options.onWaiting?.(label, false)
    budget.settle(request, 'failed' in result ? undefined : describeCost(result.exchange))
    return result
  }

  async function keep(
    { exchange, bytes }: SentExchange,
    tries: number,
    { step, name }: StepRequest,
  ): Promise<StepAnswer> {
    // Before it is written: the next request is already being weighed against the budget.
    count(exchange)
    const saved = await store.save({ ...exchange, tries }, bytes)
    options.onExchange?.(saved, name)
    return { exchange: saved, ...doubtAbout(saved, step) }
  }

  /** A refused connection says that the provider was gone before: no such request ended it. */
  function remember(result: SendResult, { step, label, request }: StepRequest): void {
    if (!('failed' in result)) unanswered = []
    else if (result.failed.httpFault === undefined && !/ECONNREFUSED/.test(result.failed.note)) {
      const named = `${label} (${request.method} ${request.path})`
      unanswered = step.expect === 'refusal' ? [named, ...unanswered] : [...unanswered, named]
    }
  }

  /** A provider that is not there is not asked hundreds of times more. */
  function gone(): Doubt | undefined {
    if (silence.steps < PATIENCE || silence.doubt === undefined) return undefined
    const { reason, note } = silence.doubt
    if (!isTold) options.onGone?.(describeEnd(unanswered, note))
    isTold = true
    return { reason, note: `not asked, after ${silence.steps} without an answer: ${note}` }
  }

  /** Whoever answers nothing but server errors is judged by none of them. */
  function endOutage(): Doubt {
    const note = outage.describe()
    if (!isTold) options.onGone?.(`nothing more was asked: ${note}`)
    isTold = true
    return { reason: 'unreachable', note: `not asked: ${note}` }
  }

  function overBudget(isAdmitted: boolean): Doubt | undefined {
    const { requests, tokens } = target.limits
    const cap =
      requests !== undefined && usage.requests >= requests
        ? `${requests} requests`
        : !isAdmitted
          ? `${tokens} tokens`
          : undefined
    if (cap === undefined) return undefined
    const note = `the cap of ${cap} was reached`
    // Said once, however many questions it leaves open.
    if (!overspent) options.onBudget?.(note)
    overspent = true
    return { reason: 'budget', note }
  }

  /** What is read again was paid for before; what a background run cost is said when it is read. */
  function count(exchange: Exchange): void {
    const id = spell(response(exchange)?.['id'])
    const isRead = ['retrieve', 'cancel'].includes(exchange.request.operation)
    const [input, output] = tokensOf(exchange)
    const [inputBefore, outputBefore] = counted.get(id) ?? [0, 0]
    usage.inputTokens += isRead ? Math.max(0, input - inputBefore) : input
    usage.outputTokens += isRead ? Math.max(0, output - outputBefore) : output
    counted.set(id, [Math.max(input, inputBefore), Math.max(output, outputBefore)])
  }

  return { send, usage }
}

function describeCost(exchange: Exchange): PaidAnswer {
  return { status: exchange.status, tokens: tokensOf(exchange) }
}

/** Requests that are named as those that may have ended a provider. */
const MOST_SUSPECTS = 3

function describeEnd(unanswered: readonly string[], note: string): string {
  if (unanswered.length === 0) return `the endpoint stopped answering: ${note}`
  const named = unanswered.slice(0, MOST_SUSPECTS).join(', ')
  const others = unanswered.length - MOST_SUSPECTS
  const more = others > 0 ? ` and ${others} more` : ''
  return `the endpoint stopped answering, the first without an answer being ${named}${more}: ${note}`
}

/** No answer came, or only one that forbids to ask. */
function isSilence(answer: StepAnswer): answer is StepAnswer & { readonly doubt: Doubt } {
  const { exchange, doubt } = answer
  if (doubt?.httpFault !== undefined) return false
  return doubt !== undefined && (exchange === undefined || doubt.reason === 'rate-limited')
}

/** Why an exchange cannot be judged by this step, if it cannot. */
export function doubtAbout(exchange: Exchange, step: Step): { doubt?: Doubt } {
  const limit = limitOf(exchange)
  if (limit !== undefined) {
    const note = describeLimit(limit, completeLimits(exchange.limits))
    return { doubt: { reason: 'limit', note } }
  }
  if (step.once === true) return {}
  if (exchange.status === 429) {
    return { doubt: { reason: 'rate-limited', note: 'HTTP 429 after all retries' } }
  }
  const isError = exchange.status > 501 || (exchange.status === 500 && step.expect !== 'refusal')
  if (isError && step.twice !== true) {
    return { doubt: { reason: 'unreachable', note: `HTTP ${exchange.status} after all retries` } }
  }
  if (isCredentialRefusal(exchange, step)) {
    return {
      doubt: { reason: 'credentials', note: `HTTP ${exchange.status} for the configured key` },
    }
  }
  if (exchange.ending === 'timeout') {
    return {
      doubt: { reason: 'timeout', note: 'the answer began and did not end within the deadline' },
    }
  }
  return {}
}

function limitOf({ beyond, body, ending }: Exchange): LimitName | undefined {
  const inBody = body.kind === 'text' || body.kind === 'events' ? body.beyond : undefined
  return beyond ?? inBody ?? (ending === 'size-cap' ? 'body-bytes' : undefined)
}

async function waitFor(ms: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const done = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done)
  })
}
