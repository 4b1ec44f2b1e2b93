import { defineCheck } from '../../../src/authoring/define.ts'
import { changeInput } from '../../common/mutants.ts'
import { judgePlaces, systemMessageScenario } from '../scenarios/heard.ts'

export default defineCheck({
  id: 'message-style/hears-system-messages',
  title: 'A system message reaches the model',
  kind: 'behavioural',
  scenario: systemMessageScenario,
  covers: ['msg-role-system'],

  judge({ ask }, { nonce }) {
    return judgePlaces('ask', ask, nonce, ['system'], 'that the system message states')
  },

  mutants: [
    {
      story: 'a gateway passes on only what users and assistants say',
      request: (request) =>
        changeInput(request, (items) => items.filter((item) => item['role'] !== 'system')),
    },
  ],
})
