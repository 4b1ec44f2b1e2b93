import { defineCheck } from '../../../src/authoring/define.ts'
import { judgeRefusal } from '../../../src/authoring/judge-refusal.ts'
import { PUBLISHED } from '../../common/answers.ts'
import { answerAnyway } from '../../common/refusals.ts'
import { unknownItemScenario } from '../scenarios/forms.ts'

export default defineCheck({
  id: 'message-style/refuses-unknown-items',
  title: 'An item of an unknown type is refused, not dropped',
  kind: 'wire',
  scenario: unknownItemScenario,
  covers: ['msg-unknown-item-type'],
  only: PUBLISHED,

  judge({ ask }) {
    return judgeRefusal('ask', ask, 'there is no item of type "bogus_item"')
  },

  mutants: [
    {
      story: 'a lenient parser skips the items that it does not know',
      reply: answerAnyway,
    },
  ],
})
