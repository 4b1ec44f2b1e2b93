// Evidence from the wire: each scenario is asked once, each equal request is sent once.

import { NothingToBuildOn } from '../define.ts'
import { HarnessError } from '../errors.ts'
import { createKit, canonical, NeedsAnswer } from '../kit.ts'
import type { Yardsticks } from '../plan.ts'
import { field, header, response } from '../read.ts'
import { credentialsRefused, retryDelay } from './retry.ts'
import type { Target } from '../target.ts'
import { departure } from '../validity.ts'
import type {
  Contract,
  Doubt,
  Evidence,
  Exchange,
  Kit,
  Need,
  Origin,
  Scenario,
  Step,
  WireRequest,
} from '../types.ts'
import type { Gate } from '../wire/gate.ts'
import type { Sender, SendResult, Sent } from '../wire/send.ts'
import type { Sockets } from '../wire/websocket.ts'
import type { EvidenceStore } from './store.ts'

/** The header with which the reference marks replies in a vendor's documented shape: no observation of that vendor. */
export const EMULATION_HEADER = 'x-responses-conformance-emulates'

/** Requests for one step, retries after 429, 5xx and broken connections included. */
const TRIES = 4

/** After so many steps in a row without any answer the provider counts as gone, and is left alone. */
const PATIENCE = 12

export interface Source {
  /**
   * The exchanges of a scenario; the same for every caller of the same attempt. Rejects with a
   * `HarnessError` where a request of ours is not what its step says of it.
   */
  gather(scenario: Scenario, attempt: number): Promise<Evidence>
  readonly usage: Usage
}

export interface Usage {
  readonly requests: number
  readonly retries: number
  readonly inputTokens: number
  readonly outputTokens: number
}

export interface LiveOptions {
  readonly target: Target
  readonly yardsticks: Yardsticks
  readonly sender: Sender
  /** Connections for the WebSocket turns of one scenario. */
  readonly openSockets: () => Sockets
  readonly gate: Gate
  readonly store: EvidenceStore
  /** What the run's code words are drawn from. */
  readonly seed: string
  readonly signal: AbortSignal
  /** Called once for each exchange, as soon as it is saved. */
  readonly onExchange?: (exchange: Exchange) => void
  readonly onEvidence?: (scenario: Scenario, attempt: number, evidence: Evidence) => void
  readonly onBudget?: (note: string) => void
}

/** Steps in a row without an answer, and why the last of them had none. */
interface Silence {
  readonly steps: number
  readonly doubt?: Doubt
}

const SOUND: Silence = { steps: 0 }

/** What one step brought: an exchange, a doubt, or both. */
interface Asked {
  readonly exchange?: Exchange
  readonly doubt?: Doubt
}

export function createLiveSource(options: LiveOptions): Source {
  const { target, yardsticks, sender, gate, store, signal } = options
  const contract = yardsticks.own
  // The one by which nearly every request is valid comes first.
  const contracts = [yardsticks.openai, yardsticks.own, yardsticks['open-responses']].filter(
    (each) => each !== undefined,
  )
  const evidence = new Map<string, Promise<Evidence>>()
  // Who asks several times in turn goes first: otherwise their last steps find the rest idle.
  const inTurn = new WeakSet<Sockets>()
  const shared = new Map<string, Promise<Asked>>()
  const usage = { requests: 0, retries: 0, inputTokens: 0, outputTokens: 0 }
  let silence: Silence = SOUND
  let overspent = false

  async function gather(scenario: Scenario, attempt: number): Promise<Evidence> {
    const seed =
      scenario.fresh === true || attempt > 0
        ? `${options.seed}/${scenario.id}/${attempt}`
        : options.seed
    const exchanges: Record<string, Exchange> = {}
    let built = false
    const kit = createKit({
      target,
      contract,
      seed,
      prior(step) {
        built = true
        const exchange = exchanges[step]
        if (exchange === undefined) throw new NeedsAnswer(step)
        return exchange
      },
    })
    const alone = attempt > 0 || scenario.fresh === true || scenario.together === true
    const share = alone ? new Set<string>() : stepsToShare(scenario, target, contract)
    let origin: Origin = target.origin
    let stopped: Evidence['stopped']
    const sockets = options.openSockets()
    if (attempt > 0 || Object.keys(scenario.steps).length > 1) inTurn.add(sockets)
    /** Whether the scenario goes on after this step. */
    const take = async ([name, step]: readonly [string, Step]): Promise<boolean> => {
      const unsent = (note: string): false => {
        stopped = { step: name, doubt: { reason: 'prerequisite', note } }
        return false
      }
      built = false
      const request = requestOf(step, kit)
      if (request instanceof NothingToBuildOn) {
        return unsent(`an earlier answer has no ${request.message} to go on with`)
      }
      // What a client sends is its own affair, by whatever schema.
      const astray =
        scenario.asClient === undefined ? departure(step, request, contracts) : undefined
      // What came back from the provider itself is not our mistake, whatever it is.
      if (astray !== undefined && built) {
        return unsent(`an earlier answer cannot be sent back as it came: ${astray}`)
      }
      if (astray !== undefined) {
        sockets.close()
        throw new HarnessError(
          `${scenario.id} was not sent: its step "${name}" promises ${meant(step)}, and its request is not: ${astray}`,
        )
      }
      const asked = await ask(request, step, share.has(name), sockets)
      if (asked.exchange !== undefined) {
        exchanges[name] = asked.exchange
        if (header(asked.exchange, EMULATION_HEADER) !== undefined) origin = 'emulated'
      }
      if (asked.doubt !== undefined) stopped = { step: name, doubt: asked.doubt }
      // Without an answer the later steps would ask nonsense; a check says what was wrong with this one.
      return (
        asked.doubt === undefined &&
        asked.exchange !== undefined &&
        (step.expect !== 'success' || isAnswered(asked.exchange))
      )
    }
    const steps = Object.entries<Step>(scenario.steps)
    if (scenario.together === true) await Promise.all(steps.map(take))
    else for (const step of steps) if (!(await take(step))) break
    sockets.close()
    const gathered: Evidence = {
      origin,
      exchanges,
      nonce: kit.nonce,
      ...(stopped === undefined ? {} : { stopped }),
    }
    options.onEvidence?.(scenario, attempt, gathered)
    return gathered
  }

  function ask(request: WireRequest, step: Step, share: boolean, sockets: Sockets): Promise<Asked> {
    if (!share || request.transport === 'websocket') return exchange(request, step, sockets)
    const key = `${step.expect} ${canonical(request)}`
    const known = shared.get(key) ?? exchange(request, step, sockets)
    shared.set(key, known)
    return known
  }

  async function exchange(request: WireRequest, step: Step, sockets: Sockets): Promise<Asked> {
    const started = Date.now()
    for (;;) {
      const asked = await attempt(request, step, sockets)
      const until = request.repeatUntil
      // An error will not turn into the state that is waited for.
      const waits = asked.exchange !== undefined && isAnswered(asked.exchange)
      if (until === undefined || !waits || asked.doubt !== undefined) return asked
      const value = field(response(asked.exchange!), until.at)
      const reached = value !== undefined && until.oneOf.includes(value)
      if (reached || Date.now() - started > until.limitMs) return asked
      await sleep(until.everyMs, signal)
    }
  }

  /** One request with its retries. */
  async function attempt(request: WireRequest, step: Step, sockets: Sockets): Promise<Asked> {
    for (let tries = 1; ; tries++) {
      let result: SendResult | { readonly spared: Doubt }
      try {
        result = await gate.run(
          async () => {
            // Asked in the slot, not before the queue: what came while we waited counts.
            const doubt = overBudget() ?? gone()
            if (doubt !== undefined) return { spared: doubt }
            usage.requests++
            if (tries > 1) usage.retries++
            return request.transport === 'websocket'
              ? sockets.turn(request, signal)
              : sender.send(request, signal)
          },
          signal,
          tries > 1 || inTurn.has(sockets),
        )
      } catch (error) {
        if (signal.aborted) return { doubt: { reason: 'interrupted', note: 'the run was stopped' } }
        throw error
      }
      if ('spared' in result) return { doubt: result.spared }
      const delay = retryDelay(result, step, tries, target.limits.deadlineMs)
      if (delay !== undefined && tries < TRIES && !signal.aborted) {
        if (delay.slowDown) gate.slowDown(delay.ms)
        else await sleep(delay.ms, signal)
        continue
      }
      const asked = 'failed' in result ? { doubt: result.failed } : keep(result, tries, step)
      silence = isSilence(asked) ? { steps: silence.steps + 1, doubt: asked.doubt } : SOUND
      return asked
    }
  }

  function keep({ exchange, bytes }: Sent, tries: number, step: Step): Asked {
    const saved = store.save({ ...exchange, tries }, bytes)
    count(saved)
    options.onExchange?.(saved)
    return { exchange: saved, ...doubtAbout(saved, step) }
  }

  /** A provider that is not there is not asked hundreds of times more. */
  function gone(): Doubt | undefined {
    if (silence.steps < PATIENCE || silence.doubt === undefined) return undefined
    const { reason, note } = silence.doubt
    return { reason, note: `not asked, after ${silence.steps} without an answer: ${note}` }
  }

  function overBudget(): Doubt | undefined {
    const { requests, tokens } = target.limits
    const spent = usage.inputTokens + usage.outputTokens
    const cap =
      requests !== undefined && usage.requests >= requests
        ? `${requests} requests`
        : tokens !== undefined && spent >= tokens
          ? `${tokens} tokens`
          : undefined
    if (cap === undefined) return undefined
    const note = `the cap of ${cap} was reached`
    // Said once, however many questions it leaves open.
    if (!overspent) options.onBudget?.(note)
    overspent = true
    return { reason: 'budget', note }
  }

  function count(exchange: Exchange): void {
    const [input, output] = tokensOf(exchange)
    usage.inputTokens += input
    usage.outputTokens += output
  }

  return {
    usage,
    gather(scenario, attempt) {
      const key = `${scenario.id}#${attempt}`
      const known = evidence.get(key) ?? gather(scenario, attempt)
      evidence.set(key, known)
      return known
    },
  }
}

/** Nobody answered, or only to say that we must not ask. */
function isSilence(asked: Asked): asked is Asked & { readonly doubt: Doubt } {
  const { exchange, doubt } = asked
  return doubt !== undefined && (exchange === undefined || doubt.reason === 'rate-limited')
}

function meant({ expect, invalidAt }: Step): string {
  return expect === 'success' ? 'a valid request' : `one that is wrong at ${invalidAt} only`
}

/** What an exchange cost by the provider's own account; `[0, 0]` where it says nothing. */
export function tokensOf(exchange: Exchange): readonly [number, number] {
  const usage = field(response(exchange), '/usage')
  const number = (at: string): number => {
    const value = field(usage, at)
    return typeof value === 'number' && value >= 0 && Number.isFinite(value) ? value : 0
  }
  return [number('/input_tokens'), number('/output_tokens')]
}

/** Whether a reply can be judged as an answer at all. */
export function isAnswered(exchange: Exchange): boolean {
  const { status, body, ending } = exchange
  if (status < 200 || status > 299) return false
  // A JSON body whose announced end never came may lack anything; a cut stream has laws of its own.
  return body.kind === 'events' ? body.events.length > 0 : body.kind === 'json' && ending !== 'cut'
}

function doubtAbout(exchange: Exchange, step: Step): { doubt?: Doubt } {
  if (exchange.status === 429) {
    return { doubt: { reason: 'rate-limited', note: 'HTTP 429 after all retries' } }
  }
  if (exchange.status > 501 || (exchange.status === 500 && step.expect !== 'refusal')) {
    return { doubt: { reason: 'unreachable', note: `HTTP ${exchange.status} after all retries` } }
  }
  if (credentialsRefused(exchange, step)) {
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

const shareable = new WeakMap<Scenario, ReadonlySet<string>>()

/**
 * The steps that build on no answer, in a scenario that changes nothing: only their answers may
 * serve other scenarios too. Whoever deletes or cancels does it to an answer of its own.
 */
function stepsToShare(
  scenario: Scenario,
  target: Target,
  contract: Contract | undefined,
): ReadonlySet<string> {
  const known = shareable.get(scenario)
  if (known !== undefined) return known
  let asked = false
  const kit = createKit({
    target,
    contract,
    seed: 'plan',
    prior() {
      asked = true
      return NO_ANSWER
    },
  })
  const steps = new Set<string>()
  try {
    for (const [name, step] of Object.entries<Step>(scenario.steps)) {
      asked = false
      const request = requestOf(step, kit)
      if (request instanceof NothingToBuildOn) continue
      const { operation, abortAfter, repeatUntil } = request
      const harmless = operation === 'create' || operation === 'list-models'
      if (!harmless || abortAfter !== undefined || repeatUntil !== undefined) {
        steps.clear()
        break
      }
      if (!asked) steps.add(name)
    }
  } catch {
    // A step that cannot be made from an empty answer builds on one.
    steps.clear()
  }
  shareable.set(scenario, steps)
  return steps
}

function requestOf(step: Step, kit: Kit): WireRequest | NothingToBuildOn {
  try {
    return step.request(kit)
  } catch (error) {
    if (error instanceof NothingToBuildOn) return error
    throw error
  }
}

/** Stands for an earlier answer while a plan is made. */
const NO_ANSWER: Exchange = {
  request: { operation: 'create', method: 'POST', path: '/responses' },
  status: 200,
  headers: [],
  body: { kind: 'json', value: { id: 'resp_0', object: 'response', output: [] }, text: '' },
  ending: 'complete',
}

/** Why a scenario cannot be asked of this target, if so. */
export function lacking(scenario: Scenario, target: Target): Need | undefined {
  return scenario.needs?.find((need) => !target.has.includes(need))
}

async function sleep(ms: number, signal: AbortSignal): Promise<void> {
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
