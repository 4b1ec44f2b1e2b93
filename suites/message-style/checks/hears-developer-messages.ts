import { defineCheck } from '../../../src/authoring/define.ts'
import { judgeRecall } from '../../../src/authoring/code-word.ts'
import { changeInput } from '../../common/mutants.ts'
import { developerMessageScenario } from '../scenarios/heard.ts'

export default defineCheck({
  id: 'message-style/hears-developer-messages',
  title: 'A developer message reaches the model',
  kind: 'behavioural',
  scenario: developerMessageScenario,
  covers: ['msg-role-developer'],

  judge({ ask }, { nonce }) {
    return judgeRecall('ask', ask, nonce, 'that the developer message states')
  },

  mutants: [
    {
      story: 'an upstream that does not know the role drops such messages without a word',
      request: (request) =>
        changeInput(request, (items) => items.filter((item) => item['role'] !== 'developer')),
    },
  ],
})
