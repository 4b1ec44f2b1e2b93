import { lawCheck, isType } from '../stream-rule-check.ts'
import { changingItem } from '../mutants.ts'
import { text } from '../scenarios.ts'

export default lawCheck({
  id: 'streaming/finishes-items-completed',
  title: 'A done item has a final status',
  laws: ['item-ends'],
  covers: ['stream-item-done-status'],
  about: isType('response.output_item.done'),

  mutants: [
    {
      story: 'the status of an item is never set',
      on: text,
      reply: (reply) =>
        changingItem(reply, 'response.output_item.done', (item) => ({
          ...item,
          status: 'in_progress',
        })),
    },
  ],
})
