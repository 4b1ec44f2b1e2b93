import { defineCheck, mapBody, mapObjects } from '../../../src/authoring/define.ts'
import { judgeRecall } from '../../../src/authoring/code-word.ts'
import { compactedScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'compaction/remembers-what-was-compacted',
  title: 'A compacted history still knows what was said',
  kind: 'behavioural',
  scenario: compactedScenario,
  covers: ['cmp-reuse'],
  meter: false,

  judge: ({ ask }, { nonce }) => judgeRecall('ask', ask, nonce, 'of the compacted history'),

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
