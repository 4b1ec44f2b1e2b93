// The document that a format asks for.

import { holds, notShown, unsure, verdictOf } from '../../src/authoring/define.ts'
import { validateValue } from '../../src/schema/validate-model-output.ts'
import { field, parse, parts, response, responseAt, show } from '../../src/authoring/read.ts'
import type { Exchange, Json, Judgement } from '../../src/types/index.ts'
import { isCutShort, requestValueOf, messageTextOf } from '../common/answers.ts'
import { reportIneffective } from '../common/ineffective.ts'

/** The doubt of whoever needs a document where there is none. */
export const noDocument = unsure(
  'prerequisite',
  'the answer is no JSON document: see structured-output/text-is-json',
  { field: '/text' },
)

/** Whether a document fits the schema that the request came with; `at` is where the document stands. */
export function judgeFit(
  step: string,
  exchange: Exchange,
  document: Json | undefined,
  at = `${responseAt(exchange)}/output text`,
): Judgement {
  if (document === undefined) return noDocument
  const schema = requestValueOf(exchange, '/text/format/schema') ?? true
  return verdictOf(
    validateValue(document, schema).map((misfit) => ({
      ...misfit,
      step,
      at: `${at} ${misfit.at}`,
    })),
  )
}

/** Whether the text is a document of this kind and nothing else. */
export function judgeBareDocument(
  step: string,
  exchange: Exchange,
  kind: string,
  isOfKind: (document: Json | undefined) => boolean,
): Judgement {
  if (parts(exchange, 'refusal').length > 0) return notShown('the model refused')
  if (field(response(exchange), '/status') === 'incomplete')
    return notShown('the answer is incomplete')
  const text = messageTextOf(exchange)
  if (isOfKind(parse(text))) return holds
  // Half a document that calls itself completed is one fault, with a check of its own.
  if (isCutShort(exchange)) return notShown('the answer was cut short')
  return reportIneffective(exchange, '/text/format/type', {
    step,
    at: `${responseAt(exchange)}/output`,
    expected: kind,
    actual: text === '' ? 'no text' : show(text),
  })
}

/** Whether the text is a JSON document and nothing else. */
export function isDocument(step: string, exchange: Exchange): Judgement {
  return judgeBareDocument(
    step,
    exchange,
    'a JSON document and nothing else',
    (value) => value !== undefined,
  )
}
