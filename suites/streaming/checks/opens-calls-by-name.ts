import { lawCheck, carries } from '../stream-rule-check.ts'
import { changingItem } from '../mutants.ts'
import { call } from '../scenarios.ts'

export default lawCheck({
  id: 'streaming/opens-calls-by-name',
  title: 'A function call is added with its name, its call_id and empty arguments',
  laws: ['function-added'],
  covers: ['stream-fc-added-shape'],
  about: carries('function_call'),

  mutants: [
    {
      story: 'the whole call is put into its opening event',
      on: call,
      reply: (reply) =>
        changingItem(reply, 'response.output_item.added', (item) => ({ ...item, arguments: '{}' })),
    },
  ],
})
