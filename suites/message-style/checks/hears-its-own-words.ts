import { defineCheck } from '../../../src/authoring/define.ts'
import { changeInput } from '../../common/mutants.ts'
import { historyScenario, judgePlaces } from '../scenarios/heard.ts'

export default defineCheck({
  id: 'message-style/hears-its-own-words',
  title: 'An earlier answer, sent as a message of the assistant, reaches the model',
  kind: 'behavioural',
  scenario: historyScenario,
  covers: ['msg-assistant-history-string'],

  judge({ ask }, { nonce }) {
    return judgePlaces('ask', ask, nonce, ['assistant'], 'of its earlier answer')
  },

  mutants: [
    {
      story: 'a gateway forwards only the side of the user',
      request: (request) =>
        changeInput(request, (items) => items.filter((item) => item['role'] !== 'assistant')),
    },
  ],
})
