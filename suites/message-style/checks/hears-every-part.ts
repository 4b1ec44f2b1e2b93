import { defineCheck } from '../../../src/authoring/define.ts'
import { changeInput } from '../../common/mutants.ts'
import { inputPartsScenario, judgePlaces } from '../scenarios/heard.ts'

export default defineCheck({
  id: 'message-style/hears-every-part',
  title: 'Every part of a message reaches the model, in order',
  kind: 'behavioural',
  scenario: inputPartsScenario,
  covers: ['msg-array-typed-parts'],

  judge({ ask }, { nonce }) {
    return judgePlaces('ask', ask, nonce, ['latest'], 'that the parts state')
  },

  mutants: [
    {
      story: 'an adapter to an API with one text for each message keeps the last part',
      request: (request) =>
        changeInput(request, (items) =>
          items.map((item) =>
            Array.isArray(item['content']) ? { ...item, content: item['content'].slice(-1) } : item,
          ),
        ),
    },
  ],
})
