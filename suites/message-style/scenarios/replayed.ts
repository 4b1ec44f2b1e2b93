// What was said before, sent back or read back.

import { defineScenario } from '../../../src/authoring/define.ts'
import { field, items, sent } from '../../../src/authoring/read.ts'
import { decoysOf, wordFormatOf } from '../../../src/authoring/code-word.ts'
import type { ApiPath, RequestBuilder, Step, WireRequest } from '../../../src/types/index.ts'
import { buildInputItems } from '../../common/requests.ts'
import { buildDefiantRequest } from '../../structured-output/scenarios.ts'

const FORMAT: ApiPath = 'request /text/format/type = json_schema'

/** An answer with a word that a schema forces; one that is chosen in prose where no schema is documented. */
function answerWithWord(builder: RequestBuilder): WireRequest {
  if (builder.promises(FORMAT)) return buildDefiantRequest(builder)
  const words = decoysOf(builder.nonce).join(', ')
  return builder.createRequest(`Choose one of these words: ${words}. Reply with the word only.`)
}

const FIRST: Step<'first' | 'second'> = { request: answerWithWord, expect: 'success' }
const WHICH = 'Which code word is in your answer? Reply with it only.'

export const replayScenario = defineScenario<'first' | 'second'>({
  id: 'message-style/replay',
  title: 'Everything that an answer put out, sent back as it came',
  apiPaths: ['request /input/*/role = assistant'],
  tier: 'core',
  steps: {
    first: FIRST,
    second: {
      request: (builder) => {
        const prior = builder.prior('first')
        const asked = field(sent(prior), '/input')
        return builder.create({
          input: [
            ...(Array.isArray(asked) ? asked : []),
            ...items(prior),
            builder.message('user', WHICH),
          ],
          ...wordFormatOf(builder),
        })
      },
      expect: 'either',
    },
  },
})

export const itemReferenceScenario = defineScenario<'first' | 'second'>({
  id: 'message-style/item-reference',
  title: 'A stored answer, referred to by the id of its message',
  apiPaths: ['request /input/*/type = item_reference'],
  tier: 'feature',
  steps: {
    first: FIRST,
    second: {
      request: (builder) =>
        builder.create({
          input: [
            {
              type: 'item_reference',
              id: items(builder.prior('first'), 'message')[0]?.['id'] ?? 'msg_missing',
            },
            builder.message('user', WHICH),
          ],
          ...wordFormatOf(builder),
        }),
      expect: 'success',
    },
  },
})

const SPACED = '  \n Reply with the single word: ready. \n  '

export const whitespaceScenario = defineScenario<'create' | 'items'>({
  id: 'message-style/whitespace',
  title: 'A text with white space around it, read back from the stored input',
  apiPaths: ['operation input-items', 'request /store'],
  tier: 'feature',
  needs: ['expensive'],
  steps: {
    create: {
      request: (builder) =>
        builder.create({ input: [builder.message('user', SPACED)], store: true }),
      expect: 'success',
    },
    items: {
      request: (builder) => buildInputItems(builder.prior('create')),
      expect: 'success',
    },
  },
})
