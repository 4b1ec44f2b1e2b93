import { defineCheck } from '../../../src/define.ts'
import { refuses } from '../../../src/refusal.ts'
import { answersAnyway } from '../../common/refusals.ts'
import { unknownInclude } from '../scenarios.ts'

export default defineCheck({
  id: 'parameters/refuses-unknown-includes',
  title: 'An include value that does not exist is refused',
  kind: 'wire',
  scenario: unknownInclude,
  covers: ['par-include-values'],

  judge({ ask }) {
    return refuses('ask', ask, 'there is no include value "bogus.value"')
  },

  mutant: {
    story: 'a gateway drops what it cannot include',
    reply: answersAnyway,
  },
})
