import { defineCheck } from '../../../src/define.ts'
import { refuses } from '../../../src/refusal.ts'
import { answersAnyway } from '../../common/refusals.ts'
import { longKey } from '../scenarios.ts'

export default defineCheck({
  id: 'parameters/refuses-long-metadata-keys',
  title: 'A metadata key of 65 characters is refused',
  kind: 'wire',
  scenario: longKey,
  covers: ['par-metadata-limits'],

  judge({ ask }) {
    return refuses('ask', ask, 'a key has at most 64 characters')
  },

  mutant: {
    story: 'a gateway keeps metadata to itself, and never looks at them',
    reply: answersAnyway,
  },
})
