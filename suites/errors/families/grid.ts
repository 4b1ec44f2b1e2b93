import { defineCheck, defineFamily, moot } from '../../../src/authoring/define.ts'
import { refuses } from '../../../src/authoring/refusal.ts'
import { answersAnyway } from '../../common/refusals.ts'
import { mistakes } from '../invalid-requests.ts'
import { ruledOut } from '../documented-errors.ts'
import { asked } from '../scenarios.ts'

export default defineFamily({
  id: 'errors/grid',
  title: 'A request with a mistake is refused',
  covers: [...new Set(mistakes.flatMap(({ covers }) => covers))],

  cases: () =>
    mistakes.map((mistake) =>
      defineCheck({
        id: `errors/grid/${mistake.name}`,
        title: `A request is refused when ${mistake.because}`,
        kind: 'wire',
        scenario: asked(mistake),
        covers: mistake.covers,

        judge({ ask }, context) {
          if (!ruledOut(ask, mistake.at, context)) return moot('the documents do not rule this out')
          return refuses('ask', ask, mistake.because)
        },

        mutants: [
          {
            story: `a gateway does not look, and answers although ${mistake.because}`,
            reply: answersAnyway,
          },
        ],
      }),
    ),
})
