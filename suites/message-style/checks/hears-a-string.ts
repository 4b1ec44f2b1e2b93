import { defineCheck, mapBody } from '../../../src/authoring/define.ts'
import { recalls } from '../../../src/authoring/code-word.ts'
import { stringInput } from '../scenarios/heard.ts'

export default defineCheck({
  id: 'message-style/hears-a-string',
  title: 'Input as a plain string reaches the model',
  kind: 'behavioural',
  scenario: stringInput,
  covers: ['msg-string-input'],

  judge({ ask }, { nonce }) {
    return recalls('ask', ask, nonce, 'that the input states')
  },

  mutants: [
    {
      story: 'an adapter looks for a list of messages and makes an empty one of everything else',
      request: (request) =>
        mapBody(request, (body) =>
          typeof body['input'] === 'string' ? { ...body, input: 'Hello.' } : body,
        ),
    },
  ],
})
