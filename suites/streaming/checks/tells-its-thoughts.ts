import { defineCheck, notShown, violated } from '../../../src/authoring/define.ts'
import { holds } from '../../../src/authoring/define.ts'
import { events, items } from '../../../src/authoring/read.ts'
import type { JsonObject } from '../../../src/types/index.ts'
import { hasItemType } from '../stream-rule-check.ts'
import { removeItems } from '../mutants.ts'
import { reasoningStreamScenario } from '../scenarios.ts'

/** An item with nothing in it tells no thought. */
function saysSomething({ summary, content, encrypted_content: sealed }: JsonObject): boolean {
  const told = [summary, content].some((list) => Array.isArray(list) && list.length > 0)
  return told || (typeof sealed === 'string' && sealed !== '')
}

export default defineCheck({
  id: 'streaming/tells-its-thoughts',
  title: 'What comes with a reasoning item at a stroke comes with one when it is streamed',
  kind: 'behavioural',
  scenario: reasoningStreamScenario,
  covers: ['stream-reasoning-item-added'],

  judge({ plain, stream }) {
    if (!items(plain, 'reasoning').some(saysSomething)) return notShown('the model did not think')
    if (events(stream).some(hasItemType('reasoning'))) return holds
    const { length } = events(stream)
    return violated({
      step: 'stream',
      at: `/events/${Math.max(0, length - 1)}`,
      kind: 'missing-event',
      expected: 'a response.output_item.added with a reasoning item, as the plain answer has one',
      actual: 'none',
    })
  },

  mutants: [
    {
      story: 'a converter of streams knows text and calls, and nothing else',
      reply: (reply) =>
        'events' in reply.body ? removeItems(reply, ({ type }) => type === 'reasoning') : reply,
    },
  ],
})
