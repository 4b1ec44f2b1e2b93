import { defineCheck } from '../../../src/authoring/define.ts'
import { recalls } from '../../../src/authoring/code-word.ts'
import { hearing } from '../../common/mutants.ts'
import { parts } from '../scenarios/heard.ts'

export default defineCheck({
  id: 'message-style/hears-every-part',
  title: 'Every part of a message reaches the model, in order',
  kind: 'behavioural',
  scenario: parts,
  covers: ['msg-array-typed-parts'],

  judge({ ask }, { nonce }) {
    return recalls('ask', ask, nonce, 'that the parts state')
  },

  mutants: [
    {
      story: 'an adapter to an API with one text for each message keeps the last part',
      request: (request) =>
        hearing(request, (items) =>
          items.map((item) =>
            Array.isArray(item['content']) ? { ...item, content: item['content'].slice(-1) } : item,
          ),
        ),
    },
  ],
})
