import { defineCheck } from '../../../src/authoring/define.ts'
import { judgeEachRecall } from '../../../src/authoring/code-word.ts'
import { changeInput } from '../../common/mutants.ts'
import { pairingScenario, resultWordsOf } from '../two-results.ts'

export default defineCheck({
  id: 'tool/pairs-by-call-id',
  title: 'Calls and results are paired by call_id, in any order and with messages in between',
  kind: 'behavioural',
  scenario: pairingScenario,
  covers: ['tool-output-belongs-to-its-call', 'tool-output-pairing-by-call-id'],
  meter: false,

  judge({ ask }, { nonce }) {
    return judgeEachRecall('ask', ask, resultWordsOf(nonce), 'that a tool gave')
  },

  mutants: [
    {
      story: 'an adapter looks for a result right behind its call, and loses the others',
      request: (request) =>
        changeInput(request, (list) =>
          list.map((item, index) =>
            item['type'] !== 'function_call_output' ||
            list[index - 1]?.['call_id'] === item['call_id']
              ? item
              : { ...item, output: '' },
          ),
        ),
    },
    {
      story: 'an adapter hands the results on in their order, each to the next call',
      request: (request) =>
        changeInput(request, (list) => {
          const calls = list.filter(({ type }) => type === 'function_call')
          let next = 0
          return list.map((item) =>
            item['type'] === 'function_call_output'
              ? { ...item, call_id: calls[next++]?.['call_id'] ?? item['call_id']! }
              : item,
          )
        }),
    },
  ],
})
