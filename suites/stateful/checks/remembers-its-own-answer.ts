import { defineCheck, notShown } from '../../../src/authoring/define.ts'
import { judgeRecall, answerTextOf, codeWordsOf } from '../../../src/authoring/code-word.ts'
import { dropParameter } from '../../common/mutants.ts'
import { chainScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'stateful/remembers-its-own-answer',
  title: 'The output of the previous response is in context',
  kind: 'behavioural',
  scenario: chainScenario,
  covers: ['state-previous-output-recall'],
  promises: ['promise stateful'],
  meter: false,

  judge({ first, second }) {
    const [picked, ...others] = codeWordsOf(answerTextOf(first))
    if (picked === undefined || others.length > 0)
      return notShown('the first turn picked no one word')
    return judgeRecall(
      'second',
      second,
      picked,
      'that it picked in the turn of previous_response_id',
    )
  },

  mutants: [
    {
      story: 'previous_response_id is accepted and echoed, and nothing is looked up',
      request: (request) => dropParameter(request, 'previous_response_id'),
    },
  ],
})
