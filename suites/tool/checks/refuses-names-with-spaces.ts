import { defineCheck } from '../../../src/authoring/define.ts'
import { refuses } from '../../../src/authoring/refusal.ts'
import { PUBLISHED } from '../../common/answers.ts'
import { answersAnyway } from '../../common/refusals.ts'
import { badName } from '../mistakes.ts'

export default defineCheck({
  id: 'tool/refuses-names-with-spaces',
  title: 'A function name with a space is refused',
  kind: 'wire',
  scenario: badName,
  covers: ['tool-name-pattern'],
  only: PUBLISHED,

  judge({ ask }) {
    return refuses('ask', ask, 'a name has letters, digits, _ and - only')
  },

  mutants: [
    {
      story: 'a gateway passes any name on',
      reply: answersAnyway,
    },
  ],
})
