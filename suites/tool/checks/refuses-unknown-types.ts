import { defineCheck } from '../../../src/authoring/define.ts'
import { judgeRefusal } from '../../../src/authoring/judge-refusal.ts'
import { PUBLISHED } from '../../common/answers.ts'
import { answerAnyway } from '../../common/refusals.ts'
import { unknownToolTypeScenario } from '../mistakes.ts'

export default defineCheck({
  id: 'tool/refuses-unknown-types',
  title: 'A tool of an unknown type is refused, not dropped',
  kind: 'wire',
  scenario: unknownToolTypeScenario,
  covers: ['tool-unknown-type-rejected'],
  only: PUBLISHED,

  judge({ ask }) {
    return judgeRefusal('ask', ask, 'there is no tool of type "bogus"')
  },

  mutants: [
    {
      story: 'a gateway keeps the functions and drops all other tools',
      reply: answerAnyway,
    },
  ],
})
