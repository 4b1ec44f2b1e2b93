import { defineCheck, unsure } from '../../../src/authoring/define.ts'
import { hearing } from '../../common/mutants.ts'
import { recalls, said, wordsIn } from '../../../src/authoring/code-word.ts'
import { reference } from '../scenarios/replayed.ts'

export default defineCheck({
  id: 'message-style/resolves-item-references',
  title: 'A reference to a stored item stands for that item',
  kind: 'behavioural',
  scenario: reference,
  covers: ['msg-item-reference'],

  judge({ first, second }) {
    const [chosen] = wordsIn(said(first))
    if (chosen === undefined) return unsure('model-declined', 'no word was chosen')
    return recalls('second', second, chosen, 'that it chose before')
  },

  mutants: [
    {
      story: 'a stateless adapter skips references, since it keeps nothing',
      request: (request) =>
        hearing(request, (list) => list.filter((item) => item['type'] !== 'item_reference')),
    },
  ],
})
