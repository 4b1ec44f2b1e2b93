import {
  allOf,
  defineCheck,
  holds,
  mapResponse,
  notShown,
  violated,
} from '../../../src/authoring/define.ts'
import { field, items, response, responseAt } from '../../../src/authoring/read.ts'
import type { Exchange, Judgement } from '../../../src/types/index.ts'
import { isRefusal, messageTextOf } from '../../common/answers.ts'
import { mapParts } from '../../common/mutants.ts'
import { refusedRequestScenario } from '../scenarios.ts'
import { countVisibleTokens, OF_SILENCE } from '../visible-tokens.ts'

/** Tokens that a word cannot have: who counts so many for one thinks without saying so. */
const OF_ONE_WORD = 12

export default defineCheck({
  id: 'basic/keeps-what-was-generated',
  title: 'A completed answer whose tokens are counted has them in its output, a refusal too',
  kind: 'wire',
  scenario: refusedRequestScenario,
  covers: ['basic-output-is-kept'],

  judge({ plain, refused, streamed }) {
    if (messageTextOf(plain) === '' || countVisibleTokens(plain) > OF_ONE_WORD) {
      return notShown('even one word is counted as many tokens')
    }
    return allOf(isKept('refused', refused), isKept('streamed', streamed))
  },

  mutants: [
    {
      story: 'an adapter knows texts only, and a refusal becomes an empty one',
      reply: (reply) =>
        mapParts(reply, (part) =>
          part['type'] === 'refusal'
            ? { type: 'output_text', text: '', annotations: [], logprobs: [] }
            : part,
        ),
    },
    {
      story: 'an adapter leaves out messages in which it finds no text',
      reply: (reply) =>
        mapResponse(reply, (body) =>
          JSON.stringify(body['output'] ?? []).includes('"refusal"')
            ? { ...body, output: [] }
            : body,
        ),
    },
  ],
})

function isKept(step: string, exchange: Exchange): Judgement {
  const tokens = countVisibleTokens(exchange)
  const answer = response(exchange)
  if (field(answer, '/status') !== 'completed' || tokens <= OF_SILENCE) return holds
  if (!Array.isArray(answer?.['output'])) return holds
  if (messageTextOf(exchange) !== '' || isRefusal(exchange)) return holds
  // Thoughts and calls are items of their own, and what they say was generated as well.
  if (items(exchange).some(({ type }) => type !== 'message')) return holds
  return violated({
    step,
    at: `${responseAt(exchange)}/output`,
    expected: `what the ${tokens} tokens of output are: a text or a refusal`,
    actual: items(exchange).length === 0 ? 'no item' : 'a message that says nothing',
  })
}
