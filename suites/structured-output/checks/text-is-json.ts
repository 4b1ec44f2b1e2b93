import { defineCheck, holds, ignored, mapBody, moot, without } from '../../../src/define.ts'
import { field, parse, parts, response, responseAt, show } from '../../../src/read.ts'
import { said } from '../../common/answers.ts'
import { strict } from '../scenarios.ts'

export default defineCheck({
  id: 'structured-output/text-is-json',
  title: 'With a strict schema the text is a bare JSON document, whatever the prompt asks for',
  kind: 'forced',
  scenario: strict,
  covers: ['so-no-surrounding-text', 'own-parameter-effective'],

  judge({ ask }) {
    if (parts(ask, 'refusal').length > 0) return moot('the model refused')
    if (field(response(ask), '/status') === 'incomplete') return moot('the answer is incomplete')
    const text = said(ask)
    if (parse(text) !== undefined) return holds
    return ignored({
      step: 'ask',
      at: `${responseAt(ask)}/output`,
      expected: 'a JSON document and nothing else',
      actual: text === '' ? 'no text' : show(text),
    })
  },

  mutant: {
    story: 'a gateway drops text.format, and the model answers in prose',
    request: (request) => mapBody(request, (body) => without(body, 'text')),
  },
})
