import { defineCheck, holds, ignored, mapBody } from '../../../src/define.ts'
import { items, responseAt, show, text } from '../../../src/read.ts'
import { required } from '../scenarios.ts'

export default defineCheck({
  id: 'tool/required-means-a-call',
  title: 'tool_choice "required" leads to a call, whatever the question',
  kind: 'forced',
  scenario: required,
  covers: ['tool-choice-required', 'own-parameter-effective'],

  judge({ ask }) {
    if (items(ask, 'function_call').length > 0) return holds
    return ignored({
      step: 'ask',
      at: `${responseAt(ask)}/output`,
      expected: 'at least one function_call',
      actual: `no call, but the text ${show(text(ask))}`,
    })
  },

  mutant: {
    story: 'a gateway passes tool_choice on under a name that its upstream does not know',
    request: (request) => mapBody(request, (body) => ({ ...body, tool_choice: 'none' })),
  },
})
