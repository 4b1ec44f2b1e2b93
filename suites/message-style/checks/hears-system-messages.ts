import { defineCheck } from '../../../src/authoring/define.ts'
import { recalls } from '../../../src/authoring/code-word.ts'
import { hearing } from '../../common/mutants.ts'
import { system } from '../scenarios/heard.ts'

export default defineCheck({
  id: 'message-style/hears-system-messages',
  title: 'A system message reaches the model',
  kind: 'behavioural',
  scenario: system,
  covers: ['msg-role-system'],

  judge({ ask }, { nonce }) {
    return recalls('ask', ask, nonce, 'that the system message states')
  },

  mutants: [
    {
      story: 'a gateway passes on only what users and assistants say',
      request: (request) =>
        hearing(request, (items) => items.filter((item) => item['role'] !== 'system')),
    },
  ],
})
