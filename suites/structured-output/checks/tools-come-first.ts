import { defineCheck, holds, mapQuestion } from '../../../src/authoring/define.ts'
import { items } from '../../../src/authoring/read.ts'
import { createUncalledFinding } from '../../common/answers.ts'
import { documentWithToolsScenario } from '../scenarios.ts'
import { reportIneffective } from '../../common/ineffective.ts'

export default defineCheck({
  id: 'structured-output/tools-come-first',
  title: 'A schema for the answer does not keep a tool from being called',
  kind: 'forced',
  scenario: documentWithToolsScenario,
  covers: ['so-with-tools'],

  judge({ ask }) {
    if (items(ask, 'function_call').length > 0) return holds
    return reportIneffective(ask, '/tool_choice', createUncalledFinding('ask', ask))
  },

  mutants: [
    {
      story: 'a server constrains the whole output by the schema, calls included',
      request: (request) => mapQuestion(request, (body) => ({ ...body, tool_choice: 'none' })),
    },
  ],
})
