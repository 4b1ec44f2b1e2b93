import { lawCheck, isType } from '../stream-rule-check.ts'
import { changingItem } from '../mutants.ts'
import { text } from '../scenarios.ts'

export default lawCheck({
  id: 'streaming/starts-items-in-progress',
  title: 'A message or call has status in_progress when it is added',
  laws: ['item-starts'],
  covers: ['stream-item-added-in-progress'],
  about: isType('response.output_item.added'),

  mutants: [
    {
      story: 'one template is used for the opened and the finished item',
      on: text,
      reply: (reply) =>
        changingItem(reply, 'response.output_item.added', (item) => ({
          ...item,
          status: 'completed',
        })),
    },
  ],
})
