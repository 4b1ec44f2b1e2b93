import { defineCheck } from '../../../src/define.ts'
import { acceptance, refusing } from '../../common/refusals.ts'
import { chained } from '../scenarios.ts'

export default defineCheck({
  id: 'compaction/compacts-a-stored-response',
  title: 'previous_response_id is accepted instead of input',
  kind: 'wire',
  scenario: chained,
  covers: ['cmp-previous-response'],

  judge: ({ compact }) => acceptance('compact', compact),

  mutant: {
    story: 'a server requires input for every compaction',
    reply: (reply, { path }) => (path.endsWith('/compact') ? refusing(reply, 'input') : reply),
  },
})
