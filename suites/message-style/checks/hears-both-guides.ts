import { defineCheck } from '../../../src/authoring/define.ts'
import { recallsEach, variant } from '../../../src/authoring/code-word.ts'
import { forgetting } from '../../common/mutants.ts'
import { bothGuides } from '../scenarios/heard.ts'

export default defineCheck({
  id: 'message-style/hears-both-guides',
  title: 'Instructions and a system message reach the model side by side',
  kind: 'behavioural',
  scenario: bothGuides,
  covers: ['msg-instructions-with-system-message'],

  judge({ ask }, { nonce }) {
    return recallsEach(
      'ask',
      ask,
      { first: variant(nonce, 1), second: variant(nonce, 2) },
      'of the instructions, and of the system message',
    )
  },

  mutants: [
    {
      story: 'an adapter writes both into one field, and the system message wins',
      request: (request) => forgetting(request, 'instructions'),
    },
  ],
})
