import { defineCheck } from '../../../src/authoring/define.ts'
import { judgeEachRecall } from '../../../src/authoring/code-word.ts'
import { changeInput } from '../../common/mutants.ts'
import { resultWordsOf, toolOutputPartsScenario } from '../two-results.ts'

export default defineCheck({
  id: 'tool/hears-output-parts',
  title: 'The result of a call may be a list of parts, and reaches the model',
  kind: 'behavioural',
  scenario: toolOutputPartsScenario,
  covers: ['tool-output-string-or-parts'],

  judge({ ask }, { nonce }) {
    const { first } = resultWordsOf(nonce)
    return judgeEachRecall('ask', ask, { first }, 'that the tool gave')
  },

  mutants: [
    {
      story: 'an adapter reads the result of a tool only when it is a string',
      request: (request) =>
        changeInput(request, (list) =>
          list.map((item) => (Array.isArray(item['output']) ? { ...item, output: '' } : item)),
        ),
    },
  ],
})
