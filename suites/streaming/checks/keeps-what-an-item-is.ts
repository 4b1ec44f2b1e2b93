import { lawCheck, isType } from '../stream-rule-check.ts'
import { changingItem } from '../mutants.ts'
import { call } from '../scenarios.ts'

export default lawCheck({
  id: 'streaming/keeps-what-an-item-is',
  title: 'type, call_id and name of an item do not change',
  laws: ['item-type'],
  covers: ['stream-item-type-stable'],
  about: isType('response.output_item.done'),

  mutants: [
    {
      story: 'the call gets a new id when it is finished',
      on: call,
      reply: (reply) =>
        changingItem(reply, 'response.output_item.done', (item) => ({
          ...item,
          call_id: 'call_other',
        })),
    },
  ],
})
