import { defineCheck } from '../../../src/authoring/define.ts'
import { hearing } from '../../common/mutants.ts'
import { recalls, variant } from '../../../src/authoring/code-word.ts'
import { assistantParts } from '../scenarios/heard.ts'

export default defineCheck({
  id: 'message-style/hears-output-parts',
  title: 'An earlier answer, sent as an output message with parts, reaches the model',
  kind: 'behavioural',
  scenario: assistantParts,
  covers: ['msg-assistant-history-parts'],

  judge({ ask }, { nonce }) {
    return recalls('ask', ask, variant(nonce, 4), 'of its earlier answer')
  },

  mutants: [
    {
      story: 'an adapter reads the text of assistants only when it is a string',
      request: (request) =>
        hearing(request, (items) =>
          items.map((item) =>
            item['role'] === 'assistant' && Array.isArray(item['content'])
              ? { ...item, content: 'Hello.' }
              : item,
          ),
        ),
    },
  ],
})
