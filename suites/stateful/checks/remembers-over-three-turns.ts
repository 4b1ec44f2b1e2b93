import { defineCheck, holds } from '../../../src/authoring/define.ts'
import { judgeRecall, answerTextOf, codeWordsOf } from '../../../src/authoring/code-word.ts'
import { dropParameter } from '../../common/mutants.ts'
import { chainScenario, plantedWordsOf } from '../scenarios.ts'

export default defineCheck({
  id: 'stateful/remembers-over-three-turns',
  title: 'What the first turn said is known in the third',
  kind: 'behavioural',
  scenario: chainScenario,
  covers: ['state-previous-recall', 'state-previous-chain-depth'],

  judge({ third }, { nonce }) {
    const { instructed, forked } = plantedWordsOf(nonce)
    const words = codeWordsOf(answerTextOf(third)).filter((word) => word !== instructed)
    // What leaks from the fork or from old instructions is the business of other checks.
    if (words.includes(forked) || (words.length === 1 && words[0] === nonce)) return holds
    return judgeRecall('third', third, nonce, 'of the first turn')
  },

  mutant: {
    story: 'a gateway keeps the last turn only, so that longer chains forget',
    request: (request) =>
      dropParameter(request, 'previous_response_id', (body) =>
        JSON.stringify(body).includes('secret word of your instructions'),
      ),
  },
})
