import { defineCheck } from '../../../src/authoring/define.ts'
import { dropParameter } from '../../common/mutants.ts'
import { instructionsScenario, judgePlaces } from '../scenarios/heard.ts'

export default defineCheck({
  id: 'message-style/hears-instructions',
  title: 'The instructions reach the model',
  kind: 'behavioural',
  scenario: instructionsScenario,
  covers: ['msg-instructions'],

  judge({ ask }, { nonce }) {
    return judgePlaces('ask', ask, nonce, ['instructions'], 'that the instructions state')
  },

  mutants: [
    {
      story: 'a gateway drops instructions, which its upstream does not know',
      request: (request) => dropParameter(request, 'instructions'),
    },
  ],
})
