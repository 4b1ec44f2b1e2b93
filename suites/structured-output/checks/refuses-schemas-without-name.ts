import { defineCheck } from '../../../src/authoring/define.ts'
import { refuses } from '../../../src/authoring/refusal.ts'
import { PUBLISHED } from '../../common/answers.ts'
import { answersAnyway } from '../../common/refusals.ts'
import { nameless } from '../scenarios.ts'

export default defineCheck({
  id: 'structured-output/refuses-schemas-without-name',
  title: 'A schema without a name is refused',
  kind: 'wire',
  scenario: nameless,
  covers: ['so-name-required-pattern'],
  only: PUBLISHED,

  judge({ ask }) {
    return refuses('ask', ask, 'json_schema needs a name')
  },

  mutants: [
    {
      story: 'a gateway makes up what is missing',
      reply: answersAnyway,
    },
  ],
})
