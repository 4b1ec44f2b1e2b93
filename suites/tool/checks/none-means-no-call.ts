import { defineCheck, holds, mapQuestion } from '../../../src/authoring/define.ts'
import { items, responseAt, show } from '../../../src/authoring/read.ts'
import { noCallScenario } from '../scenarios.ts'
import { reportIneffective } from '../../common/ineffective.ts'

export default defineCheck({
  id: 'tool/none-means-no-call',
  title: 'tool_choice "none" leads to no call, whatever the prompt asks for',
  kind: 'forced',
  scenario: noCallScenario,
  covers: ['tool-choice-none', 'own-parameter-effective'],

  judge({ ask }) {
    const call = items(ask, 'function_call')[0]
    if (call === undefined) return holds
    return reportIneffective(ask, '/tool_choice', {
      step: 'ask',
      at: `${responseAt(ask)}/output/${items(ask).indexOf(call)}`,
      expected: 'no function_call',
      actual: `a call of ${show(call['name'])}`,
    })
  },

  mutants: [
    {
      story: 'a gateway drops tool_choice',
      request: (request) => mapQuestion(request, (body) => ({ ...body, tool_choice: 'required' })),
    },
  ],
})
