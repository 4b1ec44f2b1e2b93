import { defineCheck, mapBody } from '../../../src/authoring/define.ts'
import { refuses } from '../../../src/authoring/refusal.ts'
import { anonymous } from '../scenarios.ts'

export default defineCheck({
  id: 'compaction/needs-a-model',
  title: 'A compaction without a model is refused',
  kind: 'wire',
  scenario: anonymous,
  covers: ['cmp-model-required'],

  judge: ({ compact }) => refuses('compact', compact, 'model is missing'),

  mutants: [
    {
      story: 'a gateway compacts with a model of its own choice',
      request: (request) => mapBody(request, (body) => ({ model: 'reference', ...body })),
    },
  ],
})
