import { defineCheck } from '../../../src/authoring/define.ts'
import { recalls } from '../../../src/authoring/code-word.ts'
import { hearing } from '../../common/mutants.ts'
import { developer } from '../scenarios/heard.ts'

export default defineCheck({
  id: 'message-style/hears-developer-messages',
  title: 'A developer message reaches the model',
  kind: 'behavioural',
  scenario: developer,
  covers: ['msg-role-developer'],

  judge({ ask }, { nonce }) {
    return recalls('ask', ask, nonce, 'that the developer message states')
  },

  mutants: [
    {
      story: 'an upstream that does not know the role drops such messages without a word',
      request: (request) =>
        hearing(request, (items) => items.filter((item) => item['role'] !== 'developer')),
    },
  ],
})
