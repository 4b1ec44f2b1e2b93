import { defineCheck } from '../../../src/authoring/define.ts'
import { changeInput } from '../../common/mutants.ts'
import { judgePlaces, untypedMessageScenario } from '../scenarios/heard.ts'

export default defineCheck({
  id: 'message-style/hears-untyped-messages',
  title: 'A message of only a role and a text reaches the model',
  kind: 'behavioural',
  scenario: untypedMessageScenario,
  covers: ['msg-array-easy'],

  judge({ ask }, { nonce }) {
    return judgePlaces('ask', ask, nonce, ['user'], 'that the message states')
  },

  mutants: [
    {
      story: 'a strict parser knows messages by their type and makes an empty text of all others',
      request: (request) =>
        changeInput(request, (items) =>
          items.map((item) => ('type' in item ? item : { ...item, content: '' })),
        ),
    },
  ],
})
