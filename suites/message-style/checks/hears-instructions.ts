import { defineCheck } from '../../../src/authoring/define.ts'
import { recalls } from '../../../src/authoring/code-word.ts'
import { forgetting } from '../../common/mutants.ts'
import { instructions } from '../scenarios/heard.ts'

export default defineCheck({
  id: 'message-style/hears-instructions',
  title: 'The instructions reach the model',
  kind: 'behavioural',
  scenario: instructions,
  covers: ['msg-instructions'],

  judge({ ask }, { nonce }) {
    return recalls('ask', ask, nonce, 'that the instructions state')
  },

  mutants: [
    {
      story: 'a gateway drops instructions, which its upstream does not know',
      request: (request) => forgetting(request, 'instructions'),
    },
  ],
})
