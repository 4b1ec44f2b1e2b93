import { defineCheck } from '../../../src/authoring/define.ts'
import { changeInput } from '../../common/mutants.ts'
import { developerMessageScenario, judgePlaces } from '../scenarios/heard.ts'

export default defineCheck({
  id: 'message-style/hears-developer-messages',
  title: 'A developer message reaches the model',
  kind: 'behavioural',
  scenario: developerMessageScenario,
  covers: ['msg-role-developer'],

  judge({ ask }, { nonce }) {
    return judgePlaces('ask', ask, nonce, ['developer'], 'that the developer message states')
  },

  mutants: [
    {
      story: 'an upstream that does not know the role drops such messages without a word',
      request: (request) =>
        changeInput(request, (items) => items.filter((item) => item['role'] !== 'developer')),
    },
  ],
})
