import { defineCheck } from '../../../src/authoring/define.ts'
import { changeInput } from '../../common/mutants.ts'
import { judgeRecall, variantOf } from '../../../src/authoring/code-word.ts'
import { assistantPartsScenario } from '../scenarios/heard.ts'

export default defineCheck({
  id: 'message-style/hears-output-parts',
  title: 'An earlier answer, sent as an output message with parts, reaches the model',
  kind: 'behavioural',
  scenario: assistantPartsScenario,
  covers: ['msg-assistant-history-parts'],

  judge({ ask }, { nonce }) {
    return judgeRecall('ask', ask, variantOf(nonce, 4), 'of its earlier answer')
  },

  mutants: [
    {
      story: 'an adapter reads the text of assistants only when it is a string',
      request: (request) =>
        changeInput(request, (items) =>
          items.map((item) =>
            item['role'] === 'assistant' && Array.isArray(item['content'])
              ? { ...item, content: 'Hello.' }
              : item,
          ),
        ),
    },
  ],
})
