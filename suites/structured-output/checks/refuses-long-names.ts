import { defineCheck } from '../../../src/authoring/define.ts'
import { refuses } from '../../../src/authoring/refusal.ts'
import { PUBLISHED } from '../../common/answers.ts'
import { answersAnyway } from '../../common/refusals.ts'
import { longName } from '../scenarios.ts'

export default defineCheck({
  id: 'structured-output/refuses-long-names',
  title: 'A schema with a name of 65 characters is refused',
  kind: 'wire',
  scenario: longName,
  covers: ['so-name-required-pattern'],
  only: PUBLISHED,

  judge({ ask }) {
    return refuses('ask', ask, 'a name has at most 64 characters')
  },

  mutants: [
    {
      story: 'a gateway passes any name on',
      reply: answersAnyway,
    },
  ],
})
