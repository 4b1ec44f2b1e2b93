import { defineCheck, refused } from '../../../src/authoring/define.ts'
import { quoteReply } from '../../../src/authoring/judge-refusal.ts'
import { judgeAccepted, refuseParameter } from '../../common/refusals.ts'
import { compactedChainScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'compaction/compacts-a-stored-response',
  title: 'previous_response_id is accepted instead of input',
  kind: 'wire',
  scenario: compactedChainScenario,
  covers: ['cmp-previous-response'],

  judge({ compact }) {
    // Without the operation there is no form of it to judge.
    if ([404, 405, 501].includes(compact.status)) return refused(quoteReply(compact))
    return judgeAccepted('compact', compact)
  },

  mutants: [
    {
      story: 'a server requires input for every compaction',
      reply: (reply, { path }) =>
        path.endsWith('/compact') ? refuseParameter(reply, 'input') : reply,
    },
  ],
})
