import { lawCheck, speaksOf } from '../stream-rule-check.ts'
import { losing } from '../mutants.ts'
import { text } from '../scenarios.ts'

export default lawCheck({
  id: 'streaming/adds-items-first',
  title: 'response.output_item.added precedes everything else about its item',
  laws: ['item-added'],
  covers: ['stream-item-added-first'],
  about: speaksOf('output', 'content', 'function'),

  mutants: [
    {
      story: 'text is passed on as it comes, before an item was opened',
      on: text,
      reply: (reply) => losing(reply, 'response.output_item.added'),
    },
  ],
})
