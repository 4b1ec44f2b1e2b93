import { defineCheck } from '../../../src/authoring/define.ts'
import { PUBLISHED } from '../../common/answers.ts'
import { requireRefusal } from '../../common/refusals.ts'
import { unansweredCallScenario } from '../mistakes.ts'

export default defineCheck({
  id: 'tool/refuses-unanswered-calls',
  title: 'A conversation that goes on past a call without its result is refused',
  kind: 'wire',
  scenario: unansweredCallScenario,
  covers: ['tool-output-missing-400'],
  only: PUBLISHED,
  ...requireRefusal(
    'the call "call_a1" has no result',
    'an adapter drops calls that nobody answered',
  ),
})
