import { defineCheck, holds, mapBody } from '../../../src/authoring/define.ts'
import { items } from '../../../src/authoring/read.ts'
import { uncalled } from '../../common/answers.ts'
import { required } from '../scenarios.ts'
import { ineffective } from '../../common/ineffective.ts'

export default defineCheck({
  id: 'tool/required-means-a-call',
  title: 'tool_choice "required" leads to a call, whatever the question',
  kind: 'forced',
  scenario: required,
  covers: ['tool-choice-required', 'own-parameter-effective'],

  judge({ ask }) {
    if (items(ask, 'function_call').length > 0) return holds
    return ineffective(ask, '/tool_choice', uncalled('ask', ask))
  },

  mutants: [
    {
      story: 'a gateway passes tool_choice on under a name that its upstream does not know',
      request: (request) => mapBody(request, (body) => ({ ...body, tool_choice: 'none' })),
    },
  ],
})
