import { defineCheck } from '../../../src/authoring/define.ts'
import { recalls } from '../../../src/authoring/code-word.ts'
import { forgetting } from '../../common/mutants.ts'
import { streamed, streamedWord } from '../scenarios.ts'

export default defineCheck({
  id: 'stateful/continues-a-streamed-response',
  title: 'A streamed response can be continued by the id that its events carry',
  kind: 'behavioural',
  scenario: streamed,
  covers: ['state-previous-stream-id-usable'],

  judge: ({ next }, { nonce }) =>
    recalls('next', next, streamedWord(nonce), 'of the streamed turn'),

  mutants: [
    {
      story: 'a server stores what it sends at a stroke, and streams without storing',
      request: (request) => forgetting(request, 'previous_response_id'),
    },
  ],
})
