import { defineCheck } from '../../../src/authoring/define.ts'
import { PUBLISHED } from '../../common/answers.ts'
import { requireRefusal } from '../../common/refusals.ts'
import { longToolNameScenario } from '../mistakes.ts'

export default defineCheck({
  id: 'tool/refuses-long-names',
  title: 'A function name of 129 characters is refused',
  kind: 'wire',
  scenario: longToolNameScenario,
  covers: ['tool-name-pattern'],
  only: PUBLISHED,
  ...requireRefusal(
    'a name has at most 128 characters, or 64 by Open Responses',
    'a gateway passes any name on',
  ),
})
