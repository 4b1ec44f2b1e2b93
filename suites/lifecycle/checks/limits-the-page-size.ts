import { allOf, defineCheck } from '../../../src/authoring/define.ts'
import { judgeRefusal } from '../../../src/authoring/judge-refusal.ts'
import { limitedListScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'lifecycle/limits-the-page-size',
  title: 'A limit of 0 or of 101 is refused',
  kind: 'wire',
  scenario: limitedListScenario,
  covers: ['state-input-items-limit-range'],

  judge: ({ limitZero, limitTooHigh }) =>
    allOf(
      judgeRefusal('limitZero', limitZero, 'limit is at least 1'),
      judgeRefusal('limitTooHigh', limitTooHigh, 'limit is at most 100'),
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
