import { defineCheck, unsure } from '../../../src/authoring/define.ts'
import { changeInput } from '../../common/mutants.ts'
import { judgeRecall, answerTextOf, codeWordsOf } from '../../../src/authoring/code-word.ts'
import { itemReferenceScenario } from '../scenarios/replayed.ts'

export default defineCheck({
  id: 'message-style/resolves-item-references',
  title: 'A reference to a stored item stands for that item',
  kind: 'behavioural',
  scenario: itemReferenceScenario,
  covers: ['msg-item-reference'],
  meter: false,

  judge({ first, second }) {
    const [chosen] = codeWordsOf(answerTextOf(first))
    if (chosen === undefined) return unsure('model-declined', 'no word was chosen')
    return judgeRecall('second', second, chosen, 'that it chose before')
  },

  mutants: [
    {
      story: 'a stateless adapter skips references, since it keeps nothing',
      request: (request) =>
        changeInput(request, (list) => list.filter((item) => item['type'] !== 'item_reference')),
    },
  ],
})
