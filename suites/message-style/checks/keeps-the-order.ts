import { defineCheck } from '../../../src/authoring/define.ts'
import { changeInput } from '../../common/mutants.ts'
import { historyScenario, judgePlaces } from '../scenarios/heard.ts'

export default defineCheck({
  id: 'message-style/keeps-the-order',
  title: 'Messages reach the model in the order of the list, two of one role in a row included',
  kind: 'behavioural',
  scenario: historyScenario,
  covers: ['msg-order-preserved', 'msg-consecutive-same-role'],
  meter: false,

  judge({ ask }, { nonce }) {
    return judgePlaces('ask', ask, nonce, ['latest'], 'of the last message that names one')
  },

  mutants: [
    {
      story: 'a gateway sorts what it heard by something else than its place',
      request: (request) => changeInput(request, (items) => items.toReversed()),
    },
  ],
})
