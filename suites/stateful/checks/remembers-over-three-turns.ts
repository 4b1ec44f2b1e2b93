import { defineCheck } from '../../../src/authoring/define.ts'
import { judgeEachRecall } from '../../../src/authoring/code-word.ts'
import { dropParameter } from '../../common/mutants.ts'
import { chainScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'stateful/remembers-over-three-turns',
  title: 'What the first turn said is known in the third',
  kind: 'behavioural',
  scenario: chainScenario,
  covers: ['state-previous-recall', 'state-previous-chain-depth'],
  meter: { fill: ['first'], read: 'third' },

  judge: ({ third }, { nonce }) =>
    judgeEachRecall('third', third, { word: nonce }, 'of the first turn'),

  mutants: [
    {
      story: 'a gateway keeps the last turn only, so that longer chains forget',
      request: (request) =>
        dropParameter(request, 'previous_response_id', (body) =>
          JSON.stringify(body).includes('told so far'),
        ),
    },
  ],
})
