import { defineCheck } from '../../../src/authoring/define.ts'
import { refuses } from '../../../src/authoring/refusal.ts'
import { PUBLISHED } from '../../common/answers.ts'
import { answersAnyway } from '../../common/refusals.ts'
import { unknownType } from '../mistakes.ts'

export default defineCheck({
  id: 'tool/refuses-unknown-types',
  title: 'A tool of an unknown type is refused, not dropped',
  kind: 'wire',
  scenario: unknownType,
  covers: ['tool-unknown-type-rejected'],
  only: PUBLISHED,

  judge({ ask }) {
    return refuses('ask', ask, 'there is no tool of type "bogus"')
  },

  mutants: [
    {
      story: 'a gateway keeps the functions and drops all other tools',
      reply: answersAnyway,
    },
  ],
})
