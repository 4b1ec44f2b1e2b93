import { defineCheck, mapQuestion, notShown, holds } from '../../../src/authoring/define.ts'
import { items, responseAt } from '../../../src/authoring/read.ts'
import { oneByOneScenario } from '../scenarios.ts'
import { reportIneffective } from '../../common/ineffective.ts'

export default defineCheck({
  id: 'tool/one-call-when-not-parallel',
  title: 'parallel_tool_calls false leads to one call at most',
  kind: 'forced',
  scenario: oneByOneScenario,
  covers: ['tool-parallel-false', 'own-parameter-effective'],

  judge({ ask }) {
    const { length } = items(ask, 'function_call')
    if (length === 1) return holds
    if (length === 0) return notShown('there is no call')
    const at = `${responseAt(ask)}/output`
    return reportIneffective(ask, '/parallel_tool_calls', {
      step: 'ask',
      at,
      expected: 'one function_call',
      actual: `${length} of them`,
    })
  },

  mutants: [
    {
      story: 'a gateway drops parallel_tool_calls, which its upstream does not know',
      request: (request) =>
        mapQuestion(request, (body) => ({ ...body, parallel_tool_calls: true })),
    },
  ],
})
