// What was said before, sent back or read back.

import { defineScenario, needed } from '../../../src/authoring/define.ts'
import { field, items, sent } from '../../../src/authoring/read.ts'
import { choiceFormatOf, decoysOf, wordFormatOf } from '../../../src/authoring/code-word.ts'
import { buildStrictFormat, wordPropertiesOf } from '../../../src/authoring/strict-schema.ts'
import type { ApiPath, JsonObject, RequestBuilder } from '../../../src/types/index.ts'
import { buildInputItems } from '../../common/requests.ts'
import { buildDefiantRequest } from '../../structured-output/scenarios.ts'

const FORMAT: ApiPath = 'request /text/format/type = json_schema'

/** A choice that is known from the answer alone, where the words can stand in a schema. */
function choosing(builder: RequestBuilder): JsonObject {
  const words = decoysOf(builder.nonce)
  if (!builder.promises(FORMAT)) {
    const text = `Choose one of these words: ${words.join(', ')}. Reply with the word only.`
    return { input: [builder.message('user', text)] }
  }
  return {
    input: [builder.message('user', 'Choose any one of the allowed words.')],
    ...buildStrictFormat(wordPropertiesOf({ word: words }), 'choice'),
  }
}

const CHOSEN = 'Which word did you choose? Reply with the word only.'

export const replayScenario = defineScenario<'first' | 'second'>({
  id: 'message-style/replay',
  title: 'Everything that an answer put out, sent back as it came',
  apiPaths: ['request /input/*/role = assistant'],
  tier: 'core',
  steps: {
    first: {
      request: (builder) =>
        builder.promises(FORMAT) ? buildDefiantRequest(builder) : builder.create(choosing(builder)),
      expect: 'success',
    },
    second: {
      request: (builder) => {
        const prior = builder.prior('first')
        const asked = field(sent(prior), '/input')
        return builder.create({
          input: [
            ...(Array.isArray(asked) ? asked : []),
            ...items(prior),
            builder.message('user', 'Which code word is in your answer? Reply with the word only.'),
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
  fresh: true,
  steps: {
    first: {
      request: (builder) => builder.create({ ...choosing(builder), store: true }),
      expect: 'success',
    },
    second: {
      request: (builder) =>
        builder.create({
          input: [
            {
              type: 'item_reference',
              id: needed(items(builder.prior('first'), 'message')[0]?.['id'], 'message with an id'),
            },
            builder.message('user', CHOSEN),
          ],
          ...choiceFormatOf(builder, { word: decoysOf(builder.nonce) }),
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
