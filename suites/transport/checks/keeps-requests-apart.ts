import {
  allOf,
  defineCheck,
  holds,
  mapQuestion,
  mapResponse,
  violated,
} from '../../../src/authoring/define.ts'
import { responseAt, responseId, show } from '../../../src/authoring/read.ts'
import {
  answerTextOf,
  codeWordsOf,
  judgeRecall,
  variantOf,
} from '../../../src/authoring/code-word.ts'
import type { Exchange, Exchanges, Judgement } from '../../../src/types/index.ts'
import { ASK_BOTH, sideBySideScenario, wordOf } from '../scenarios.ts'
import { replaceText } from '../../common/mutants.ts'

export default defineCheck({
  id: 'transport/keeps-requests-apart',
  title: 'Requests at the same time get answers of their own, with ids of their own',
  kind: 'behavioural',
  scenario: sideBySideScenario,
  covers: ['transport-concurrent-isolation', 'stream-concurrent-isolation'],
  meter: false,

  judge(exchanges, { nonce }) {
    const answers = [
      judgeSide('first', exchanges.first, wordOf(nonce, 'first'), wordOf(nonce, 'second')),
      judgeSide('second', exchanges.second, wordOf(nonce, 'second'), wordOf(nonce, 'first')),
    ]
    const doubt = answers.find(({ kind }) => kind === 'inconclusive')
    return doubt ?? allOf(...answers, areApart(exchanges))
  },

  mutants: [
    {
      story: 'a gateway keeps one id for each moment, and mixes up what happens in it',
      reply: (reply) => mapResponse(reply, (body) => ({ ...body, id: 'resp_1' })),
    },
    {
      story: 'a gateway hands out the answer to another request of the same moment',
      reply: (reply, { text }) =>
        replaceText(reply, (was) =>
          text.includes('"stream":true')
            ? was
            : codeWordsOf(was).reduce((all, word) => all.replace(word, variantOf(word, 1)), was),
        ),
    },
    {
      story: 'a gateway hands a stream the answer to the plain request of the same moment',
      reply: (reply, { text }) =>
        replaceText(reply, (was) =>
          text.includes('"stream":true')
            ? codeWordsOf(was).reduce((all, word) => all.replace(word, variantOf(word, 15)), was)
            : was,
        ),
    },
    {
      story: 'a gateway cuts the messages of requests that come at the same moment',
      request: (request) =>
        request.text.includes(ASK_BOTH) && request.text.includes('"stream":true')
          ? mapQuestion(request, (body) => ({ ...body, input: ASK_BOTH }))
          : request,
    },
  ],
})

/** A word that only the other request holds is proof, whatever the model; its own word rests on the model. */
function judgeSide(step: string, exchange: Exchange, own: string, other: string): Judgement {
  const answer = answerTextOf(exchange)
  if (!codeWordsOf(answer).includes(other)) {
    return judgeRecall(step, exchange, own, 'of this very request')
  }
  return violated({
    step,
    at: `${responseAt(exchange)}/output`,
    expected: `${own}, the code word of this very request`,
    actual: `${show(answer)}, which only the request at the same time was told`,
  })
}

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
