import {
  defineCheck,
  mapJson,
  mapObjects,
  verdictOf,
  without,
} from '../../../src/authoring/define.ts'
import { field, show } from '../../../src/authoring/read.ts'
import { variantOf } from '../../../src/authoring/code-word.ts'
import type { Exchange, Finding } from '../../../src/types/index.ts'
import { bodyIdOf, keptConversationScenario } from '../conversation.ts'
import { entriesOf } from '../listing.ts'
import { ignoreQuery } from '../../common/mutants.ts'

export default defineCheck({
  id: 'lifecycle/keeps-the-items-of-a-conversation',
  title: 'Items can be added to a conversation, listed, read and deleted',
  kind: 'wire',
  scenario: keptConversationScenario,
  covers: ['conv-items'],

  judge({ begin, add, listed, one, drop }, { nonce }) {
    const added = variantOf(nonce, 2)
    const texts = entriesOf(listed).map((item) => String(field(item, '/content/0/text')))
    const order = [nonce, variantOf(nonce, 1), added].map((word) =>
      texts.findIndex((text) => text.includes(word)),
    )
    const findings: Finding[] = []
    if (order.join() !== '0,1,2') {
      const expected = 'the three messages in the order in which they were added'
      findings.push({ step: 'listed', at: '/data', expected, actual: show(texts) })
    }
    return verdictOf([
      ...findings,
      ...says('add', add, '/data/0/content/0/text', added),
      ...says('one', one, '/content/0/text', added),
      ...says('drop', drop, '/id', String(bodyIdOf(begin))),
    ])
  },

  mutants: [
    {
      story: 'deleting an item returns the item instead of the conversation',
      reply: (reply, { method, path }) =>
        method === 'DELETE' && path.includes('/items/')
          ? mapJson(reply, (body) => ({ ...body, id: 'msg_1', object: 'item' }))
          : reply,
    },
    {
      story: 'a server ignores order and always lists the newest first',
      request: (request) => ignoreQuery(request, 'order'),
    },
    {
      story: 'adding items answers with their ids alone',
      reply: (reply, { method, path }) =>
        method === 'POST' && path.endsWith('/items')
          ? mapJson(reply, (body) =>
              mapObjects(body, (object) =>
                object['type'] === 'message' ? without(object, 'content') : object,
              ),
            )
          : reply,
    },
    {
      story: 'an item is read without its content',
      reply: (reply, { method, path }) =>
        method === 'GET' && path.includes('/items/')
          ? mapJson(reply, (body) => without(body, 'content'))
          : reply,
    },
  ],
})

function says(step: string, { body }: Exchange, at: string, expected: string): readonly Finding[] {
  const actual = body.kind === 'json' ? field(body.value, at) : undefined
  if (actual === expected) return []
  return [{ step, at, expected: show(expected), actual: show(actual) }]
}
