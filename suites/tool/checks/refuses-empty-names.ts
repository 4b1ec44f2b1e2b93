import { defineCheck } from '../../../src/authoring/define.ts'
import { PUBLISHED } from '../../common/answers.ts'
import { requireRefusal } from '../../common/refusals.ts'
import { emptyToolNameScenario } from '../mistakes.ts'

export default defineCheck({
  id: 'tool/refuses-empty-names',
  title: 'An empty function name is refused',
  kind: 'wire',
  scenario: emptyToolNameScenario,
  covers: ['tool-name-pattern'],
  only: PUBLISHED,
  ...requireRefusal('a name has at least one character', 'a gateway passes any name on'),
})
