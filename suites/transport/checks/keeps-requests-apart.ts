import { allOf, defineCheck, holds, mapResponse, violated } from '../../../src/authoring/define.ts'
import { responseAt, responseId } from '../../../src/authoring/read.ts'
import { judgeRecall } from '../../../src/authoring/code-word.ts'
import type { Exchanges, Judgement } from '../../../src/types/index.ts'
import { sideBySideScenario, wordOf } from '../scenarios.ts'

export default defineCheck({
  id: 'transport/keeps-requests-apart',
  title: 'Requests at the same time get answers of their own, with ids of their own',
  kind: 'behavioural',
  scenario: sideBySideScenario,
  covers: ['transport-concurrent-isolation', 'stream-concurrent-isolation'],

  judge(exchanges, { nonce }) {
    const answers = (['first', 'second'] as const).map((side) =>
      judgeRecall(side, exchanges[side], wordOf(nonce, side), 'of this very request'),
    )
    const doubt = answers.find(({ kind }) => kind === 'inconclusive')
    return doubt ?? allOf(...answers, areApart(exchanges))
  },

  mutant: {
    story: 'a gateway keeps one id for each moment, and mixes up what happens in it',
    reply: (reply) => mapResponse(reply, (body) => ({ ...body, id: 'resp_1' })),
  },
})

function areApart(exchanges: Exchanges<string>): Judgement {
  const ids = Object.values(exchanges).map(responseId)
  const [twin] = Object.entries(exchanges).filter(
    ([, exchange], index) => ids.indexOf(responseId(exchange)) !== index,
  )
  if (twin === undefined) return holds
  const [step, exchange] = twin
  return violated({
    step,
    at: `${responseAt(exchange)}/id`,
    expected: 'an id of its own',
    actual: `${responseId(exchange)}, as for a request at the same time`,
  })
}
