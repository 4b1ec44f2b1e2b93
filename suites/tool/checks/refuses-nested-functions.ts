import { defineCheck } from '../../../src/authoring/define.ts'
import { refuses } from '../../../src/authoring/refusal.ts'
import { PUBLISHED } from '../../common/answers.ts'
import { answersAnyway } from '../../common/refusals.ts'
import { nested } from '../mistakes.ts'

export default defineCheck({
  id: 'tool/refuses-nested-functions',
  title: 'A function in the nesting of Chat Completions is refused',
  kind: 'wire',
  scenario: nested,
  covers: ['tool-nested-definition-rejected'],
  only: PUBLISHED,

  judge({ ask }) {
    return refuses('ask', ask, 'the tool has no name at its top level')
  },

  mutants: [
    {
      story: 'a lenient parser drops what it cannot read',
      reply: answersAnyway,
    },
  ],
})
