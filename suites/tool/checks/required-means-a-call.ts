import { defineCheck, holds, mapQuestion } from '../../../src/authoring/define.ts'
import { items } from '../../../src/authoring/read.ts'
import { createUncalledFinding } from '../../common/answers.ts'
import { requiredCallScenario } from '../scenarios.ts'
import { reportIneffective } from '../../common/ineffective.ts'

export default defineCheck({
  id: 'tool/required-means-a-call',
  title: 'tool_choice "required" leads to a call, whatever the question',
  kind: 'forced',
  scenario: requiredCallScenario,
  covers: ['tool-choice-required', 'own-parameter-effective'],

  judge({ ask }) {
    if (items(ask, 'function_call').length > 0) return holds
    return reportIneffective(ask, '/tool_choice', createUncalledFinding('ask', ask))
  },

  mutants: [
    {
      story: 'a gateway passes tool_choice on under a name that its upstream does not know',
      request: (request) => mapQuestion(request, (body) => ({ ...body, tool_choice: 'none' })),
    },
  ],
})
