import { lawCheck, isType } from '../stream-rule-check.ts'
import { changing } from '../mutants.ts'
import { text } from '../scenarios.ts'

export default lawCheck({
  id: 'streaming/carries-items',
  title: 'item is an object in every event that has one',
  laws: ['item-object'],
  covers: ['stream-item-null-forbidden'],
  about: isType('response.output_item.added'),

  mutants: [
    {
      story: 'a typed language sends an empty item as null',
      on: text,
      reply: (reply) =>
        changing(reply, 'response.output_item.added', (event) => ({ ...event, item: null })),
    },
  ],
})
