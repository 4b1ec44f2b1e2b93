import { defineCheck, defineFamily, notShown, verdictOf } from '../../../src/authoring/define.ts'
import { judgeRefusal } from '../../../src/authoring/judge-refusal.ts'
import { answerAnyway } from '../../common/refusals.ts'
import { invalidRequests } from '../invalid-requests.ts'
import { isRuledOut } from '../documented-errors.ts'
import { invalidRequestScenarioOf } from '../scenarios.ts'

export default defineFamily({
  id: 'errors/grid',
  title: 'A request with a mistake is refused',
  covers: [...new Set(invalidRequests.flatMap(({ covers }) => covers))],

  cases: () =>
    invalidRequests.map((invalid) =>
      defineCheck({
        id: `errors/grid/${invalid.name}`,
        title: `A request is refused when ${invalid.because}`,
        kind: 'wire',
        scenario: invalidRequestScenarioOf(invalid),
        covers: invalid.covers,

        judge({ ask }, context) {
          if (!isRuledOut(ask, invalid.at, context))
            return notShown('the documents do not rule this out')
          const judged = judgeRefusal('ask', ask, invalid.because)
          if (judged.kind !== 'violated') return judged
          const [ifTaken, ifBroken = ifTaken] = invalid.covers
          const requirement = ask.status < 500 ? ifTaken! : ifBroken!
          return verdictOf(judged.findings.map((finding) => ({ ...finding, requirement })))
        },

        mutants: [
          {
            story: `a gateway does not look, and answers although ${invalid.because}`,
            reply: answerAnyway,
          },
        ],
      }),
    ),
})
