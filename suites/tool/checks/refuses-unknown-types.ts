import { defineCheck } from '../../../src/authoring/define.ts'
import { PUBLISHED } from '../../common/answers.ts'
import { requireRefusal } from '../../common/refusals.ts'
import { unknownToolTypeScenario } from '../mistakes.ts'

export default defineCheck({
  id: 'tool/refuses-unknown-types',
  title: 'A tool of an unknown type is refused, not dropped',
  kind: 'wire',
  scenario: unknownToolTypeScenario,
  covers: ['tool-unknown-type-rejected'],
  only: PUBLISHED,
  ...requireRefusal(
    'there is no tool of type "bogus"',
    'a gateway keeps the functions and drops all other tools',
  ),
})
