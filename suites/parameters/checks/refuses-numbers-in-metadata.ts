import { defineCheck } from '../../../src/define.ts'
import { refuses } from '../../../src/refusal.ts'
import { answersAnyway } from '../../common/refusals.ts'
import { numberInMetadata } from '../scenarios.ts'

export default defineCheck({
  id: 'parameters/refuses-numbers-in-metadata',
  title: 'A number in metadata is refused',
  kind: 'wire',
  scenario: numberInMetadata,
  covers: ['par-metadata-limits'],

  judge({ ask }) {
    return refuses('ask', ask, 'the values of metadata are strings')
  },

  mutant: {
    story: 'a gateway keeps metadata to itself, and never looks at them',
    reply: answersAnyway,
  },
})
