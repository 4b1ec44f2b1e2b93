import { defineCheck, mapBody } from '../../../src/authoring/define.ts'
import { judgeRefusal } from '../../../src/authoring/judge-refusal.ts'
import { anonymousCompactionScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'compaction/needs-a-model',
  title: 'A compaction without a model is refused',
  kind: 'wire',
  scenario: anonymousCompactionScenario,
  covers: ['cmp-model-required'],

  judge: ({ compact }) => judgeRefusal('compact', compact, 'model is missing'),

  mutants: [
    {
      story: 'a gateway compacts with a model of its own choice',
      request: (request) => mapBody(request, (body) => ({ model: 'reference', ...body })),
    },
  ],
})
