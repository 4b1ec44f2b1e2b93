import { defineCheck, holds, mapBody, verdictOf } from '../../../src/authoring/define.ts'
import { field, response, responseAt, show } from '../../../src/authoring/read.ts'
import { answerTextOf, codeWordsOf } from '../../../src/authoring/code-word.ts'
import type { Finding } from '../../../src/types/index.ts'
import { chainScenario, plantedWordsOf, doubtUnlinked } from '../scenarios.ts'

export default defineCheck({
  id: 'stateful/instructions-do-not-carry-over',
  title: 'The instructions of the previous response are not carried over',
  kind: 'behavioural',
  scenario: chainScenario,
  covers: ['state-instructions-not-inherited'],

  judge({ second, third }, { nonce }) {
    const findings: Finding[] = []
    const echoed = field(response(second), '/instructions')
    if (typeof echoed === 'string') {
      findings.push({
        step: 'second',
        at: `${responseAt(second)}/instructions`,
        expected: 'null, because this turn had no instructions',
        actual: show(echoed),
      })
    }
    if (codeWordsOf(answerTextOf(third)).includes(plantedWordsOf(nonce).instructed)) {
      findings.push({
        step: 'third',
        at: `${responseAt(third)}/output`,
        expected: 'an answer that does not know the instructions of the first turn',
        actual: show(answerTextOf(third)),
      })
    }
    return findings.length === 0 ? (doubtUnlinked(third, nonce) ?? holds) : verdictOf(findings)
  },

  mutants: [
    {
      story: 'a gateway keeps the first instructions for the whole chain',
      request: (request) =>
        mapBody(request, (body) => {
          if (typeof body['instructions'] === 'string') instructions = body['instructions']
          return body['previous_response_id'] === undefined ? body : { ...body, instructions }
        }),
    },
  ],
})

/** What the mutant heard in the first turn. */
let instructions = ''
