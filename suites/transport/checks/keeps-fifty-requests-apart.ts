import { allOf, defineCheck, mapResponse, violated } from '../../../src/authoring/define.ts'
import { responseAt, responseId, show } from '../../../src/authoring/read.ts'
import {
  answerTextOf,
  codeWordsOf,
  judgeRecall,
  variantOf,
} from '../../../src/authoring/code-word.ts'
import { replaceText } from '../../common/mutants.ts'
import { manyAtOnceScenario, wordsOfMany } from '../endurance.ts'

export default defineCheck({
  id: 'transport/keeps-fifty-requests-apart',
  title: 'Fifty requests at the same time get answers of their own, with ids of their own',
  kind: 'behavioural',
  scenario: manyAtOnceScenario,
  covers: ['transport-concurrent-isolation'],
  meter: false,

  judge(exchanges, { nonce }) {
    const words = wordsOfMany(nonce)
    const ids = new Map<string | undefined, string>()
    const judged = [...words].map(([step, own]) => {
      const exchange = exchanges[step]!
      const id = responseId(exchange)
      const twin = id === undefined ? undefined : ids.get(id)
      ids.set(id, step)
      if (twin !== undefined) {
        return violated({
          step,
          at: `${responseAt(exchange)}/id`,
          expected: 'an id of its own',
          actual: `${id}, as for ${twin}`,
        })
      }
      const foreign = codeWordsOf(answerTextOf(exchange)).filter(
        (word) => word !== own && [...words.values()].includes(word),
      )
      return foreign.length > 0
        ? violated({
            step,
            at: `${responseAt(exchange)}/output`,
            expected: `${own}, the code word of this very request`,
            actual: `${show(answerTextOf(exchange))}, which only a request at the same time was told`,
          })
        : judgeRecall(step, exchange, own, 'of this very request')
    })
    return allOf(...judged)
  },

  mutants: [
    {
      story: 'a gateway keeps one id for each moment',
      reply: (reply) => mapResponse(reply, (body) => ({ ...body, id: 'resp_1' })),
    },
    {
      story: 'a gateway hands out the answer to another request of the same moment',
      reply: (reply) =>
        replaceText(reply, (was) =>
          codeWordsOf(was).reduce(
            (all, word) => all.replace(word, `${word.slice(0, -1)}${nextOf(word)}`),
            was,
          ),
        ),
    },
    {
      story: 'a gateway loses what it was asked when much is asked at once',
      reply: (reply) =>
        replaceText(reply, (was) =>
          codeWordsOf(was).reduce((all, word) => all.replace(word, variantOf(word, 7)), was),
        ),
    },
  ],
})

/** The last digit of the word that was planted beside this one: of fifty in a row, one is. */
function nextOf(word: string): string {
  return (parseInt(word.slice(-1), 16) ^ 1).toString(16).toUpperCase()
}
