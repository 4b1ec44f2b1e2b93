import { defineCheck } from '../../../src/authoring/define.ts'
import { hearing } from '../../common/mutants.ts'
import { recallsEach, variant } from '../../../src/authoring/code-word.ts'
import { history } from '../scenarios/heard.ts'

export default defineCheck({
  id: 'message-style/keeps-the-order',
  title: 'Messages reach the model in the order of the list, two of one role in a row included',
  kind: 'behavioural',
  scenario: history,
  covers: ['msg-order-preserved', 'msg-consecutive-same-role'],

  judge({ ask }, { nonce }) {
    return recallsEach(
      'ask',
      ask,
      { latest: variant(nonce, 3) },
      'of the last message that names one',
    )
  },

  mutants: [
    {
      story: 'a gateway sorts what it heard by something else than its place',
      request: (request) => hearing(request, (items) => items.toReversed()),
    },
  ],
})
