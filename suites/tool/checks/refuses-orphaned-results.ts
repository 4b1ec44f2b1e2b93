import { defineCheck } from '../../../src/authoring/define.ts'
import { PUBLISHED } from '../../common/answers.ts'
import { requireRefusal } from '../../common/refusals.ts'
import { orphanedResultScenario } from '../mistakes.ts'

export default defineCheck({
  id: 'tool/refuses-orphaned-results',
  title: 'The result of a call that nobody made is refused',
  kind: 'wire',
  scenario: orphanedResultScenario,
  covers: ['tool-output-orphan-400'],
  only: PUBLISHED,
  ...requireRefusal(
    'no call has the call_id "call_nowhere"',
    'an adapter pairs calls and results by their order',
  ),
})
