import { allOf, defineCheck } from '../../../src/authoring/define.ts'
import { refuses } from '../../../src/authoring/refusal.ts'
import { limited } from '../scenarios.ts'

export default defineCheck({
  id: 'lifecycle/limits-the-page-size',
  title: 'A limit of 0 or of 101 is refused',
  kind: 'wire',
  scenario: limited,
  covers: ['state-input-items-limit-range'],

  judge: ({ limitZero, limitTooHigh }) =>
    allOf(
      refuses('limitZero', limitZero, 'limit is at least 1'),
      refuses('limitTooHigh', limitTooHigh, 'limit is at most 100'),
    ),

  mutants: [
    {
      story: 'a server ignores a limit that it cannot use',
      request: (request) => {
        const query = new URLSearchParams(request.query)
        if (['0', '101'].includes(query.get('limit') ?? '')) query.delete('limit')
        return { ...request, query }
      },
    },
  ],
})
