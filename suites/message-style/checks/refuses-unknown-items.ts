import { defineCheck } from '../../../src/authoring/define.ts'
import { PUBLISHED } from '../../common/answers.ts'
import { requireRefusal } from '../../common/refusals.ts'
import { unknownItemScenario } from '../scenarios/forms.ts'

export default defineCheck({
  id: 'message-style/refuses-unknown-items',
  title: 'An item of an unknown type is refused, not dropped',
  kind: 'wire',
  scenario: unknownItemScenario,
  covers: ['msg-unknown-item-type'],
  only: PUBLISHED,
  ...requireRefusal(
    'there is no item of type "bogus_item"',
    'a lenient parser skips the items that it does not know',
  ),
})
