import { defineCheck } from '../../../src/define.ts'
import { isObject, parse } from '../../../src/read.ts'
import { said } from '../../common/answers.ts'
import { hearing } from '../../common/mutants.ts'
import { recalls } from '../../common/recall.ts'
import { reference } from '../scenarios.ts'

export default defineCheck({
  id: 'message-style/resolves-item-references',
  title: 'A reference to a stored item stands for that item',
  kind: 'behavioural',
  scenario: reference,
  covers: ['msg-item-reference'],

  judge({ first, second }) {
    const answer = said(first)
    const parsed = parse(answer)
    const chosen = isObject(parsed) ? parsed['choice'] : answer
    return recalls('second', second, typeof chosen === 'string' ? chosen : answer, 'choice')
  },

  mutant: {
    story: 'a stateless adapter skips references, since it keeps nothing',
    request: (request) =>
      hearing(request, (list) => list.filter((item) => item['type'] !== 'item_reference')),
  },
})
