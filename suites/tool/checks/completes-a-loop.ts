import { defineCheck, notShown } from '../../../src/authoring/define.ts'
import { items } from '../../../src/authoring/read.ts'
import { judgeEachRecall, variantOf } from '../../../src/authoring/code-word.ts'
import { changeInput } from '../../common/mutants.ts'
import { toolLoopScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'tool/completes-a-loop',
  title: 'Two calls in a row and their results lead to an answer from both',
  kind: 'behavioural',
  scenario: toolLoopScenario,
  covers: ['misc-agentic-loop-two-tools', 'tool-roundtrip-stateless'],

  judge({ first, second, answer }, { nonce }) {
    for (const exchange of [first, second]) {
      if (items(exchange, 'function_call').length === 0) return notShown('a call was not made')
    }
    return judgeEachRecall(
      'answer',
      answer,
      { first: variantOf(nonce, 1), second: variantOf(nonce, 2) },
      'that a tool gave',
    )
  },

  mutants: [
    {
      story: 'an adapter keeps only the latest result of a tool',
      request: (request) =>
        changeInput(request, (list) => {
          const outputs = list.filter((item) => item['type'] === 'function_call_output')
          const dropped = outputs.slice(0, -1).map((item) => item['call_id'])
          return list.filter(({ call_id: id }) => id === undefined || !dropped.includes(id))
        }),
    },
  ],
})
