import { lawCheck, isType } from '../stream-rule-check.ts'
import { losing } from '../mutants.ts'
import { text } from '../scenarios.ts'

export default lawCheck({
  id: 'streaming/finishes-items-once',
  title: 'Each item is done exactly once, behind all its other events and complete',
  laws: ['item-done'],
  covers: ['stream-item-done-once'],
  about: isType('response.output_item.added'),

  mutants: [
    {
      story: 'an adapter closes the response without closing its items',
      on: text,
      reply: (reply) => losing(reply, 'response.output_item.done'),
    },
  ],
})
