import { defineCheck } from '../../../src/define.ts'
import { refuses } from '../../../src/refusal.ts'
import { answersAnyway } from '../../common/refusals.ts'
import { crowdedMetadata } from '../scenarios.ts'

export default defineCheck({
  id: 'parameters/refuses-crowded-metadata',
  title: 'Metadata of 17 pairs are refused',
  kind: 'wire',
  scenario: crowdedMetadata,
  covers: ['par-metadata-limits'],

  judge({ ask }) {
    return refuses('ask', ask, 'metadata have at most 16 pairs')
  },

  mutant: {
    story: 'a gateway keeps metadata to itself, and never looks at them',
    reply: answersAnyway,
  },
})
