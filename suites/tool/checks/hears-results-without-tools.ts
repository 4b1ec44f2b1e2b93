import { defineCheck } from '../../../src/authoring/define.ts'
import { judgeRecall } from '../../../src/authoring/code-word.ts'
import { changeInput } from '../../common/mutants.ts'
import { resultsWithoutToolsScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'tool/hears-results-without-tools',
  title: 'Calls and results in the input are heard, even if no tools are offered any more',
  kind: 'behavioural',
  scenario: resultsWithoutToolsScenario,
  covers: ['tool-history-without-tools-param'],

  judge({ ask }, { nonce }) {
    return judgeRecall('ask', ask, nonce, 'that the tool gave')
  },

  mutants: [
    {
      story: 'an adapter drops everything about tools when none are offered',
      request: (request) =>
        changeInput(request, (list) => list.filter((item) => !('call_id' in item))),
    },
  ],
})
