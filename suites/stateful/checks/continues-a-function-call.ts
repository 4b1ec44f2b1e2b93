import { defineCheck, mapBody } from '../../../src/authoring/define.ts'
import { judgeRecall } from '../../../src/authoring/code-word.ts'
import type { Json } from '../../../src/types/index.ts'
import { field } from '../../../src/authoring/read.ts'
import { chainedToolLoopScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'stateful/continues-a-function-call',
  title: 'previous_response_id and a function_call_output complete a function call',
  kind: 'behavioural',
  scenario: chainedToolLoopScenario,
  covers: ['state-tool-result-by-previous-id'],

  judge: ({ answer }, { nonce }) =>
    judgeRecall('answer', answer, nonce, 'that the function call returned'),

  mutants: [
    {
      story: 'an adapter keeps the call and loses what it returned',
      request: (request) =>
        mapBody(request, (body) =>
          Array.isArray(body['input'])
            ? { ...body, input: (body['input'] as readonly Json[]).map(emptied) }
            : body,
        ),
    },
  ],
})

function emptied(item: Json): Json {
  return field(item, '/type') === 'function_call_output'
    ? { ...(item as object), output: '' }
    : item
}
