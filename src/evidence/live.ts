// Gathers evidence from a live provider: each scenario runs once, equal requests are sent once.

import { createHash } from 'node:crypto'
import { NothingToBuildOn } from '../authoring/define.ts'
import { HarnessError } from '../base/errors.ts'
import { createRequestBuilder, canonicalizeRequest, AnswerNeededError } from '../request/builder.ts'
import type { Yardsticks } from '../plan/plan.ts'
import { header } from '../authoring/read.ts'
import { findDeparture, findUndocumentedForm } from '../contract/request-validity.ts'
import type {
  Doubt,
  Evidence,
  Exchange,
  LeftOut,
  Origin,
  Scenario,
  Step,
  WireRequest,
} from '../types/index.ts'
import { createRateLimiter } from '../transport/rate-limiter.ts'
import type { Sockets } from '../transport/websocket.ts'
import { createAnswerForms } from './ask-in-another-form.ts'
import { isAnswered } from './is-answered.ts'
import {
  createAnswerCap,
  countLosable,
  findRefusedFields,
  removeFields,
} from './leave-out-refused-fields.ts'
import {
  createStepSender,
  doubtAbout,
  STOPPED,
  type StepAnswer,
  type StepSenderOptions,
  type StepRequest,
  type Usage,
} from './send-step.ts'
import { requestOfStep, findShareableSteps } from './find-shareable-steps.ts'

/** The header with which the reference marks replies in a vendor's documented shape: no observation of that vendor. */
export const EMULATION_HEADER = 'x-responses-conformance-emulates'

/** Scenarios under way for each request that may be: one that waits leaves its place to others. */
const UNDER_WAY = 4

export interface EvidenceSource {
  /**
   * The exchanges of a scenario; the same for every caller of the same attempt. Rejects with a
   * `HarnessError` where a request is not what its step says of it.
   */
  gather(scenario: Scenario, attempt: number): Promise<Evidence>
  /** How often a scenario was asked, where that is past; where it is not known, as often as anybody likes. */
  attemptsOf?(scenario: Scenario): number | undefined
  readonly usage: Usage
}

export interface LiveOptions extends StepSenderOptions {
  readonly yardsticks: Yardsticks
  /** Connections for the WebSocket turns of one scenario. */
  readonly openSockets: () => Sockets
  /** What the run's code words are drawn from. */
  readonly seed: string
  readonly onEvidence?: (scenario: Scenario, attempt: number, evidence: Evidence) => void
}

export function createLiveSource(options: LiveOptions): EvidenceSource {
  const { target, yardsticks, signal } = options
  const contract = yardsticks.own
  // The one by which nearly every request is valid comes first.
  const contracts = [yardsticks.openai, yardsticks.own, yardsticks['open-responses']].filter(
    (each) => each !== undefined,
  )
  const stepSender = createStepSender(options)
  const answerCap = createAnswerCap(contract)
  const answerForms = createAnswerForms(contract)
  const places = createRateLimiter({ concurrency: target.limits.concurrency * UNDER_WAY })
  const evidence = new Map<string, Promise<Evidence>>()
  const shared = new Map<string, Promise<StepAnswer>>()

  async function gather(scenario: Scenario, attempt: number): Promise<Evidence> {
    // Who asks several times in turn goes first: otherwise their last steps find the rest idle.
    const inTurn = attempt > 0 || Object.keys(scenario.steps).length > 1
    try {
      return await places.run(() => question(scenario, attempt, inTurn), signal, inTurn)
    } catch (error) {
      if (error instanceof HarnessError || !signal.aborted) throw error
      const [step = ''] = Object.keys(scenario.steps)
      return { origin: target.origin, exchanges: {}, nonce: '', stopped: { step, doubt: STOPPED } }
    }
  }

  async function question(scenario: Scenario, attempt: number, urgent: boolean): Promise<Evidence> {
    const seed =
      scenario.fresh === true || attempt > 0
        ? `${options.seed}/${scenario.id}/${attempt}`
        : options.seed
    const exchanges: Record<string, Exchange> = {}
    let built = false
    const builder = createRequestBuilder({
      target,
      contract,
      seed,
      prior(step) {
        built = true
        const exchange = exchanges[step]
        if (exchange === undefined) throw new AnswerNeededError(step)
        return exchange
      },
    })
    const alone = attempt > 0 || scenario.fresh === true || scenario.together === true
    const share = alone ? new Set<string>() : findShareableSteps(scenario, target, contract)
    let origin: Origin = target.origin
    let stopped: Evidence['stopped']
    // What a client asks next does not wait for what was refused, unless it is made from it.
    const isApart = scenario.asClient !== undefined
    const sockets = options.openSockets()
    /** Whether the scenario goes on after this step. */
    const take = async ([name, step]: readonly [string, Step]): Promise<boolean> => {
      const shown = exchanges[step.spared?.(exchanges, builder.nonce) ?? '']
      // In a form that its documents do not have it shows nothing of those that they have.
      if (
        shown !== undefined &&
        (contract === undefined || !findUndocumentedForm(contract, shown))
      ) {
        exchanges[name] = shown
        return true
      }
      const unsent = (note: string): boolean => {
        if (isApart) return true
        stopped = { step: name, doubt: { reason: 'prerequisite', note } }
        return false
      }
      built = false
      const request = requestOfStep(step, builder, isApart)
      if (request instanceof NothingToBuildOn) {
        return unsent(`an earlier answer has no ${request.message} to go on with`)
      }
      // What a client sends is its own affair, by whatever schema.
      const astray =
        scenario.asClient === undefined ? findDeparture(step, request, contracts) : undefined
      // What came back from the provider is no error of this project, whatever it is.
      if (astray !== undefined && built) {
        return unsent(`an earlier answer cannot be sent back as it came: ${astray}`)
      }
      if (astray !== undefined) {
        sockets.close()
        throw new HarnessError(
          `${scenario.id} was not sent: its step "${name}" promises ${meant(step)}, and its request is not: ${astray}`,
        )
      }
      const isShared = share.has(name) && request.transport !== 'websocket'
      const asks = isShared ? 'anybody' : `${scenario.id}#${attempt} ${name}`
      const label = `${scenario.id}#${name}`
      const expects = isShared && step.expect !== 'refusal' ? '' : step.expect
      const send = (wanted: WireRequest): Promise<StepAnswer> => {
        const named = nameOf(asks, wanted, expects)
        const question = { request: wanted, step, label, name: named, sockets, urgent }
        return isShared ? once(question) : stepSender.send(question)
      }
      const sendPut = (wanted: WireRequest) => answerForms.ask(wanted, scenario, step, send)
      const ask = (wanted: WireRequest) => answerCap.ask(wanted, scenario, step, sendPut)
      const asked = await askWithoutRefused(request, scenario, step, ask)
      if (asked.exchange !== undefined) {
        exchanges[name] = asked.exchange
        if (header(asked.exchange, EMULATION_HEADER) !== undefined) origin = 'emulated'
      }
      // Of two that stopped side by side one tells why; the other is no whole answer either.
      if (asked.doubt !== undefined && stopped !== undefined) delete exchanges[name]
      else if (asked.doubt !== undefined) stopped = { step: name, doubt: asked.doubt }
      // Without an answer the later steps would ask nonsense; a check says what was wrong with this one.
      return (
        asked.doubt === undefined &&
        asked.exchange !== undefined &&
        (isApart || step.expect !== 'success' || isAnswered(asked.exchange))
      )
    }
    const steps = Object.entries<Step>(scenario.steps)
    if (scenario.together === true) await Promise.all(steps.map(take))
    else for (const step of steps) if (!(await take(step))) break
    sockets.close()
    const gathered: Evidence = {
      origin,
      exchanges,
      nonce: builder.nonce,
      ...(stopped === undefined ? {} : { stopped }),
    }
    options.onEvidence?.(scenario, attempt, gathered)
    return gathered
  }

  async function once(question: StepRequest): Promise<StepAnswer> {
    const { step, name } = question
    // One that need not be asked again itself may serve another that must be.
    const { once: _, ...patient } = step
    const known = shared.get(name) ?? stepSender.send({ ...question, step: patient })
    shared.set(name, known)
    const answer = await known
    // What is an answer to one step is none to another.
    return answer.exchange === undefined
      ? answer
      : { exchange: answer.exchange, ...doubtAbout(answer.exchange, step) }
  }

  return {
    usage: stepSender.usage,
    gather(scenario, attempt) {
      const key = `${scenario.id}#${attempt}`
      const known = evidence.get(key) ?? gather(scenario, attempt)
      evidence.set(key, known)
      return known
    },
  }
}

/** A provider that cannot be asked: every scenario stops at its first step, and nothing is sent. */
export function createClosedSource(
  origin: Origin,
  doubt: Doubt,
  spent: StepSenderOptions['spent'],
): EvidenceSource {
  return {
    usage: { requests: 0, retries: 0, inputTokens: 0, outputTokens: 0, ...spent },
    gather: async ({ steps }) => {
      const [step = ''] = Object.keys(steps)
      return { origin, exchanges: {}, nonce: '', stopped: { step, doubt } }
    },
  }
}

/** The answer to the request, or to as much of it as is not refused by name. */
async function askWithoutRefused(
  request: WireRequest,
  scenario: Scenario,
  step: Step,
  ask: (request: WireRequest) => Promise<StepAnswer>,
): Promise<StepAnswer> {
  const first = await ask(request)
  const leftOut: LeftOut[] = []
  let left = request
  let asked = first
  for (let tries = 0; tries < countLosable(scenario) && asked.exchange !== undefined; tries++) {
    const refused = findRefusedFields(asked.exchange, scenario, step)
    if (refused.length === 0) break
    leftOut.push(...refused)
    left = removeFields(left, refused)
    asked = await ask(left)
  }
  return leftOut.length > 0 && asked.exchange !== undefined && asked.doubt === undefined
    ? { exchange: { ...asked.exchange, leftOut } }
    : first
}

/** Short, since a request may be as long as a picture, and the same in every part of a run. */
function nameOf(asks: string, request: WireRequest, expects: string): string {
  const text = `${asks} ${expects} ${canonicalizeRequest(request)}`
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}

function meant({ expect, invalidAt }: Step): string {
  return expect === 'success' ? 'a valid request' : `one that is wrong at ${invalidAt} only`
}
