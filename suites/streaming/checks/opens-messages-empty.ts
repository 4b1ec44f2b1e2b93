import { without } from '../../../src/authoring/define.ts'
import { lawCheck, carries } from '../stream-rule-check.ts'
import { changingItem } from '../mutants.ts'
import { text } from '../scenarios.ts'

export default lawCheck({
  id: 'streaming/opens-messages-empty',
  title: 'A message is added with role assistant and content []',
  laws: ['message-added'],
  covers: ['stream-message-added-shape'],
  about: carries('message'),

  mutants: [
    {
      story: 'empty lists are left out of the JSON',
      on: text,
      reply: (reply) =>
        changingItem(reply, 'response.output_item.added', (item) => without(item, 'content')),
    },
  ],
})
