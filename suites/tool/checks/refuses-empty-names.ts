import { defineCheck } from '../../../src/authoring/define.ts'
import { refuses } from '../../../src/authoring/refusal.ts'
import { PUBLISHED } from '../../common/answers.ts'
import { answersAnyway } from '../../common/refusals.ts'
import { emptyName } from '../mistakes.ts'

export default defineCheck({
  id: 'tool/refuses-empty-names',
  title: 'An empty function name is refused',
  kind: 'wire',
  scenario: emptyName,
  covers: ['tool-name-pattern'],
  only: PUBLISHED,

  judge({ ask }) {
    return refuses('ask', ask, 'a name has at least one character')
  },

  mutants: [
    {
      story: 'a gateway passes any name on',
      reply: answersAnyway,
    },
  ],
})
