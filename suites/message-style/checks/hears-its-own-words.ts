import { defineCheck } from '../../../src/authoring/define.ts'
import { hearing } from '../../common/mutants.ts'
import { recallsEach, variant } from '../../../src/authoring/code-word.ts'
import { history } from '../scenarios/heard.ts'

export default defineCheck({
  id: 'message-style/hears-its-own-words',
  title: 'An earlier answer, sent as a message of the assistant, reaches the model',
  kind: 'behavioural',
  scenario: history,
  covers: ['msg-assistant-history-string'],

  judge({ ask }, { nonce }) {
    return recallsEach('ask', ask, { assistant: variant(nonce, 1) }, 'of its earlier answer')
  },

  mutants: [
    {
      story: 'a gateway forwards only the side of the user',
      request: (request) =>
        hearing(request, (items) => items.filter((item) => item['role'] !== 'assistant')),
    },
  ],
})
