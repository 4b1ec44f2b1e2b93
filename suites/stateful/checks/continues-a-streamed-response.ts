import { defineCheck } from '../../../src/authoring/define.ts'
import { judgeRecall } from '../../../src/authoring/code-word.ts'
import { dropParameter } from '../../common/mutants.ts'
import { streamedChainScenario, streamedWordOf } from '../scenarios.ts'

export default defineCheck({
  id: 'stateful/continues-a-streamed-response',
  title: 'A streamed response can be continued by the id that its events carry',
  kind: 'behavioural',
  scenario: streamedChainScenario,
  covers: ['state-previous-stream-id-usable'],
  meter: { fill: ['first'], read: 'next' },

  judge: ({ next }, { nonce }) =>
    judgeRecall('next', next, streamedWordOf(nonce), 'of the streamed turn'),

  mutants: [
    {
      story: 'a server stores what it sends at a stroke, and streams without storing',
      request: (request) => dropParameter(request, 'previous_response_id'),
    },
  ],
})
