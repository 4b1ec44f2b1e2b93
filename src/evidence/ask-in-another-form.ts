// Where a server answers only requests of one form, the others are put into that form, so that all else is
// judged. What asks about the form itself stays as it is, and tells that it is so.

import { isObject } from '../base/json.ts'
import { findUndocumentedForm } from '../contract/request-validity.ts'
import type { StepAnswer } from './send-step.ts'
import type { Contract, Json, JsonObject, Scenario, Step, WireRequest } from '../types/index.ts'

/** The body in another form; undefined where it has that form already, or cannot have it. */
type Form = (body: JsonObject, scenario: Scenario) => JsonObject | undefined

const streamed: Form = (body, { apiPaths, isPacked, isAboutStreams }) => {
  // What runs in the background is begun, and not answered.
  if (body['background'] === true || body['stream'] === true || body['stream'] === null)
    return undefined
  const isAbout = apiPaths.some((path) => path.startsWith('request /stream'))
  return isAboutStreams === true || (isAbout && isPacked !== true)
    ? undefined
    : { ...body, stream: true }
}

const inParts: Form = ({ input, ...body }, scenario) => {
  if (isAboutMessages(scenario)) return undefined
  const items = typeof input === 'string' ? [{ role: 'user', content: input }] : input
  if (!Array.isArray(items)) return undefined
  const parted = (items as readonly Json[]).map(putIntoParts)
  return parted.every((item, index) => item === items[index]) && items === input
    ? undefined
    : { ...body, input: parted }
}

/** One message of the user, and nothing else. */
const asString: Form = ({ input, ...body }, scenario) => {
  const [only, ...others] = Array.isArray(input) ? (input as readonly Json[]) : []
  return isAboutMessages(scenario) || others.length > 0 || !isObject(only)
    ? undefined
    : only['role'] === 'user' && typeof only['content'] === 'string'
      ? { ...body, input: only['content'] }
      : undefined
}

const FORMS: readonly Form[] = [
  streamed,
  inParts,
  (body, scenario) => {
    const parted = inParts(body, scenario)
    return parted === undefined ? undefined : streamed(parted, scenario)
  },
  asString,
]

function isAboutMessages({ apiPaths }: Scenario): boolean {
  return apiPaths.some((path) => /^request \/input($| |\/\*\/(content|id|phase)\b)/.test(path))
}

function putIntoParts(item: Json): Json {
  if (!isObject(item) || typeof item['content'] !== 'string') return item
  const type = item['role'] === 'assistant' ? 'output_text' : 'input_text'
  return { ...item, content: [{ type, text: item['content'] }] }
}

/** A form that is refused so often is not tried again. */
const MOST_TRIALS = 2

export interface AnswerForms {
  /** The answer to the request, or to it in the form in which this model answers. */
  ask(
    request: WireRequest,
    scenario: Scenario,
    step: Step,
    send: (request: WireRequest) => Promise<StepAnswer>,
  ): Promise<StepAnswer>
}

/** `own`: the provider's documents, if there are any: what they allow is asked as it is. */
export function createAnswerForms(own: Contract | undefined): AnswerForms {
  /** By model: the form that it answers, and what is known not to help. */
  const found = new Map<string, Form>()
  const refused = new Map<string, number>()
  const usual = new Set<string>()

  return {
    async ask(request, scenario, step, send) {
      const body = request.body !== undefined && 'json' in request.body && request.body.json
      if (!isObject(body) || !isPut(request, scenario)) return send(request)
      const model = String(body['model'])
      const put = (form: Form): WireRequest | undefined => {
        const json = form(body, scenario)
        return json === undefined ? undefined : { ...request, body: { json } }
      }
      const known = usual.has(model) ? undefined : found.get(model)
      const instead = known === undefined ? undefined : put(known)
      if (instead !== undefined) return send(instead)
      const asked = await send(request)
      // Whoever answers one request in its usual form is asked everything in that form.
      if (isTaken(asked) && FORMS.every((form) => isUsual(form, body, scenario))) usual.add(model)
      if (usual.has(model) || !isRefused(asked, step) || isDocumented(asked, own)) return asked
      for (const [index, form] of FORMS.entries()) {
        const other = put(form)
        const trials = refused.get(`${model}#${index}`) ?? 0
        if (other === undefined || trials >= MOST_TRIALS) continue
        const answer = await send(other)
        if (isTaken(answer)) {
          found.set(model, form)
          return answer
        }
        refused.set(`${model}#${index}`, trials + 1)
      }
      return asked
    },
  }
}

/** Whether documents allow the request: its refusal is a broken promise, and no matter of form. */
function isDocumented({ exchange }: StepAnswer, own: Contract | undefined): boolean {
  return (
    own !== undefined && exchange !== undefined && findUndocumentedForm(own, exchange) === undefined
  )
}

/** Whether the body is not in this form, and so shows by its answer that the form is not needed. */
function isUsual(form: Form, body: JsonObject, scenario: Scenario): boolean {
  return form(body, { ...scenario, apiPaths: [] }) !== undefined
}

function isPut({ operation, transport }: WireRequest, { asClient, isPrinted }: Scenario): boolean {
  const isAsItIs = asClient !== undefined || isPrinted === true
  return operation === 'create' && transport !== 'websocket' && !isAsItIs
}

function isTaken({ exchange }: StepAnswer): boolean {
  return exchange !== undefined && exchange.status >= 200 && exchange.status < 300
}

function isRefused({ exchange }: StepAnswer, { expect }: Step): boolean {
  return expect !== 'refusal' && [400, 422, 501].includes(exchange?.status ?? 0)
}
