import { lawCheck, isType } from '../stream-rule-check.ts'
import { failing } from '../mutants.ts'
import { text } from '../scenarios.ts'

export default lawCheck({
  id: 'streaming/nests-errors',
  title: 'An error event carries its error under error',
  laws: ['error-nested'],
  covers: ['stream-error-event-shape'],
  only: ['open-responses'],
  about: isType('error'),

  mutants: [
    {
      story: 'the flat form of another API is sent',
      on: text,
      dialect: 'open-responses',
      reply: (reply) =>
        failing(reply, { code: 'server_error', message: 'The upstream timed out.' }),
    },
  ],
})
