import {
  allOf,
  defineCheck,
  holds,
  mapBody,
  unsure,
  violated,
} from '../../../src/authoring/define.ts'
import { field, parse, parts, responseAt, sent, show } from '../../../src/authoring/read.ts'
import { doubtUnformatted } from '../../../src/authoring/code-word.ts'
import type { Exchange, JsonObject, Judgement } from '../../../src/types/index.ts'
import { messageTextOf } from '../../common/answers.ts'
import { PHRASE, sideBySideScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'transport/keeps-every-character',
  title: 'Text of any script comes back character by character, streamed or not',
  kind: 'forced',
  scenario: sideBySideScenario,
  covers: ['transport-utf8-roundtrip'],
  meter: false,

  judge({ first, second }) {
    const both = [repeats('first', first), repeats('second', second)] as const
    return both.find(({ kind }) => kind === 'inconclusive') ?? allOf(...both)
  },

  mutants: [
    {
      story: 'a gateway normalises text on its way to the model',
      request: (request) =>
        mapBody(request, (body) => JSON.parse(JSON.stringify(body).normalize('NFC')) as JsonObject),
    },
  ],
})

function repeats(step: string, exchange: Exchange): Judgement {
  const phrase = field(parse(messageTextOf(exchange)), '/phrase')
  if (phrase === PHRASE) return holds
  if (parts(exchange, 'refusal').length > 0) return unsure('model-declined', 'the model refused')
  if (field(sent(exchange), '/text/format') === undefined) {
    if (messageTextOf(exchange).includes(PHRASE)) return holds
    return unsure('model-declined', 'without a schema the model may say what it likes')
  }
  const doubt = doubtUnformatted(exchange)
  if (doubt !== undefined) return doubt
  if (typeof phrase !== 'string')
    return unsure('prerequisite', 'the answer has no phrase: its format was ignored')
  return violated({
    step,
    at: `${responseAt(exchange)}/output`,
    expected: `the phrase that was sent: ${points(PHRASE)}`,
    actual: points(phrase),
    by: 'word',
  })
}

/** The text and its code points, which look alike too easily. */
function points(value: string): string {
  const codes = Array.from(value.slice(0, 40), (sign) => sign.codePointAt(0)!.toString(16))
  return `${show(value, 60)} (${codes.join(' ')})`
}
