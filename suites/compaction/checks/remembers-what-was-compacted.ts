import { defineCheck, mapBody, mapObjects, unsure } from '../../../src/authoring/define.ts'
import { judgeRecall } from '../../../src/authoring/code-word.ts'
import { isNoDearer } from '../../common/input-tokens.ts'
import { compactedScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'compaction/remembers-what-was-compacted',
  title: 'A compacted history still knows what was said',
  kind: 'behavioural',
  scenario: compactedScenario,
  covers: ['cmp-reuse'],
  meter: false,

  judge({ bare, ask }, { nonce }) {
    const judgement = judgeRecall('ask', ask, nonce, 'of the compacted history')
    if (judgement.kind !== 'violated' || isNoDearer(bare, ask) === true) return judgement
    // A model may have written the compaction, and left the word out of it.
    return unsure('model-declined', 'what the compaction says may have reached the model')
  },

  mutants: [
    {
      story: 'a gateway accepts compaction items and does not read them',
      request: (request) =>
        mapBody(request, (body) =>
          mapObjects(body, (item) => (item['type'] === 'compaction' ? undefined : item)),
        ),
    },
  ],
})
