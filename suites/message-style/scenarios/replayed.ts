// What was said before, sent back or read back.

import { defineScenario } from '../../../src/authoring/define.ts'
import { field, items, sent } from '../../../src/authoring/read.ts'
import { choice, decoys } from '../../../src/authoring/code-word.ts'
import type { Hinge, JsonObject, Kit } from '../../../src/types/index.ts'
import { inputItems } from '../../common/requests.ts'
import { defiant } from '../../structured-output/scenarios.ts'

const FORMAT: Hinge = 'request /text/format/type = json_schema'

/** A choice that is known from the answer alone, where the words can stand in a schema. */
function choosing(kit: Kit): JsonObject {
  const words = decoys(kit.nonce)
  if (!kit.promises(FORMAT)) {
    const text = `Choose one of these words: ${words.join(', ')}. Reply with the word only.`
    return { input: [kit.message('user', text)] }
  }
  const schema = {
    type: 'object',
    properties: { word: { type: 'string', enum: words } },
    required: ['word'],
    additionalProperties: false,
  }
  return {
    input: [kit.message('user', 'Choose any one of the allowed words.')],
    text: { format: { type: 'json_schema', name: 'choice', strict: true, schema } },
  }
}

const CHOSEN = 'Which word did you choose? Reply with the word only.'

export const replay = defineScenario<'first' | 'second'>({
  id: 'message-style/replay',
  title: 'Everything that an answer put out, sent back as it came',
  hinges: ['request /input/*/role = assistant'],
  tier: 'core',
  steps: {
    first: {
      request: (kit) => (kit.promises(FORMAT) ? defiant(kit) : kit.create(choosing(kit))),
      expect: 'success',
    },
    second: {
      request: (kit) => {
        const prior = kit.prior('first')
        const asked = field(sent(prior), '/input')
        return kit.create({
          input: [
            ...(Array.isArray(asked) ? asked : []),
            ...items(prior),
            kit.message('user', 'Which code word is in your answer? Reply with the word only.'),
          ],
          ...choice(kit, [...decoys(kit.nonce), kit.nonce]),
        })
      },
      expect: 'either',
    },
  },
})

export const reference = defineScenario<'first' | 'second'>({
  id: 'message-style/item-reference',
  title: 'A stored answer, referred to by the id of its message',
  hinges: ['request /input/*/type = item_reference'],
  tier: 'feature',
  fresh: true,
  steps: {
    first: {
      request: (kit) => kit.create({ ...choosing(kit), store: true }),
      expect: 'success',
    },
    second: {
      request: (kit) =>
        kit.create({
          input: [
            {
              type: 'item_reference',
              id: items(kit.prior('first'), 'message')[0]?.['id'] ?? 'msg_missing',
            },
            kit.message('user', CHOSEN),
          ],
          ...choice(kit, decoys(kit.nonce)),
        }),
      expect: 'success',
    },
  },
})

const SPACED = '  \n Reply with the single word: ready. \n  '

export const whitespace = defineScenario<'create' | 'items'>({
  id: 'message-style/whitespace',
  title: 'A text with white space around it, read back from the stored input',
  hinges: ['operation input-items', 'request /store'],
  tier: 'feature',
  needs: ['expensive'],
  steps: {
    create: {
      request: (kit) => kit.create({ input: [kit.message('user', SPACED)], store: true }),
      expect: 'success',
    },
    items: {
      request: (kit) => inputItems(kit.prior('create')),
      expect: 'success',
    },
  },
})
