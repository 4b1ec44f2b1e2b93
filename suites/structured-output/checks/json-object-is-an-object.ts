import { defineCheck, holds, ignored, mapBody, moot, without } from '../../../src/define.ts'
import { field, isObject, parse, parts, response, responseAt, show } from '../../../src/read.ts'
import { said } from '../../common/answers.ts'
import { jsonObject } from '../scenarios.ts'

export default defineCheck({
  id: 'structured-output/json-object-is-an-object',
  title: 'The format json_object leads to a JSON object',
  kind: 'forced',
  scenario: jsonObject,
  covers: ['so-json-object', 'own-parameter-effective'],

  judge({ ask }) {
    if (parts(ask, 'refusal').length > 0) return moot('the model refused')
    if (field(response(ask), '/status') === 'incomplete') return moot('the answer is incomplete')
    const text = said(ask)
    if (isObject(parse(text))) return holds
    return ignored({
      step: 'ask',
      at: `${responseAt(ask)}/output`,
      expected: 'a JSON object',
      actual: text === '' ? 'no text' : show(text),
    })
  },

  mutant: {
    story: 'a gateway drops text.format, and the model answers in prose',
    request: (request) => mapBody(request, (body) => without(body, 'text')),
  },
})
