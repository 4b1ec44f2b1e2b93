import { defineCheck } from '../../../src/authoring/define.ts'
import { dropParameter } from '../../common/mutants.ts'
import { bothGuidesScenario, judgePlaces } from '../scenarios/heard.ts'

export default defineCheck({
  id: 'message-style/hears-both-guides',
  title: 'Instructions and a system message reach the model side by side',
  kind: 'behavioural',
  scenario: bothGuidesScenario,
  covers: ['msg-instructions-with-system-message'],

  judge({ ask }, { nonce }) {
    return judgePlaces(
      'ask',
      ask,
      nonce,
      ['instructions', 'system'],
      'of the instructions, and of the system message',
    )
  },

  mutants: [
    {
      story: 'an adapter writes both into one field, and the system message wins',
      request: (request) => dropParameter(request, 'instructions'),
    },
  ],
})
