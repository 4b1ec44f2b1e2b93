import { lawCheck } from '../stream-rule-check.ts'
import { losing } from '../mutants.ts'
import { text } from '../scenarios.ts'

export default lawCheck({
  id: 'streaming/begins-with-created',
  title: 'A stream begins with response.created, exactly once',
  laws: ['created-first'],
  covers: ['stream-first-event-created'],

  mutants: [
    {
      story: 'an adapter begins with the first chunk of its upstream',
      on: text,
      reply: (reply) => losing(reply, 'response.created'),
    },
  ],
})
