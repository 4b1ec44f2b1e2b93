import { defineCheck } from '../../../src/define.ts'
import { refuses } from '../../../src/refusal.ts'
import { answersAnyway } from '../../common/refusals.ts'
import { longValue } from '../scenarios.ts'

export default defineCheck({
  id: 'parameters/refuses-long-metadata-values',
  title: 'A metadata value of 513 characters is refused',
  kind: 'wire',
  scenario: longValue,
  covers: ['par-metadata-limits'],

  judge({ ask }) {
    return refuses('ask', ask, 'a value has at most 512 characters')
  },

  mutant: {
    story: 'a gateway keeps metadata to itself, and never looks at them',
    reply: answersAnyway,
  },
})
