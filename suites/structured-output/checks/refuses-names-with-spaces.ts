import { defineCheck } from '../../../src/authoring/define.ts'
import { refuses } from '../../../src/authoring/refusal.ts'
import { PUBLISHED } from '../../common/answers.ts'
import { answersAnyway } from '../../common/refusals.ts'
import { badName } from '../scenarios.ts'

export default defineCheck({
  id: 'structured-output/refuses-names-with-spaces',
  title: 'A schema with a space in its name is refused',
  kind: 'wire',
  scenario: badName,
  covers: ['so-name-required-pattern'],
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
