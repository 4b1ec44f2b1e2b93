import { defineCheck, holds, mapBody } from '../../../src/authoring/define.ts'
import { items } from '../../../src/authoring/read.ts'
import { uncalled } from '../../common/answers.ts'
import { withTools } from '../scenarios.ts'
import { ineffective } from '../../common/ineffective.ts'

export default defineCheck({
  id: 'structured-output/tools-come-first',
  title: 'A schema for the answer does not keep a tool from being called',
  kind: 'forced',
  scenario: withTools,
  covers: ['so-with-tools'],

  judge({ ask }) {
    if (items(ask, 'function_call').length > 0) return holds
    return ineffective(ask, '/tool_choice', uncalled('ask', ask))
  },

  mutants: [
    {
      story: 'a server constrains the whole output by the schema, calls included',
      request: (request) => mapBody(request, (body) => ({ ...body, tool_choice: 'none' })),
    },
  ],
})
