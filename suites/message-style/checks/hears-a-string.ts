import { defineCheck, mapBody } from '../../../src/authoring/define.ts'
import { judgeRecall } from '../../../src/authoring/code-word.ts'
import { stringInputScenario } from '../scenarios/heard.ts'

export default defineCheck({
  id: 'message-style/hears-a-string',
  title: 'Input as a plain string reaches the model',
  kind: 'behavioural',
  scenario: stringInputScenario,
  covers: ['msg-string-input'],

  judge({ ask }, { nonce }) {
    return judgeRecall('ask', ask, nonce, 'that the input states')
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
