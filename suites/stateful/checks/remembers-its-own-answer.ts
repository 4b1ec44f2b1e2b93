import { defineCheck, moot } from '../../../src/authoring/define.ts'
import { recalls, said, wordsIn } from '../../../src/authoring/code-word.ts'
import { forgetting } from '../../common/mutants.ts'
import { chain } from '../scenarios.ts'

export default defineCheck({
  id: 'stateful/remembers-its-own-answer',
  title: 'The output of the previous response is in context',
  kind: 'behavioural',
  scenario: chain,
  covers: ['state-previous-output-recall'],

  judge({ first, second }) {
    const [picked, ...others] = wordsIn(said(first))
    if (picked === undefined || others.length > 0) return moot('the first turn picked no one word')
    return recalls('second', second, picked, 'that it picked in the turn of previous_response_id')
  },

  mutants: [
    {
      story: 'previous_response_id is accepted and echoed, and nothing is looked up',
      request: (request) => forgetting(request, 'previous_response_id'),
    },
  ],
})
