import { isObject } from '../../../src/authoring/read.ts'
import { lawCheck, isType } from '../stream-rule-check.ts'
import { changing } from '../mutants.ts'
import { text } from '../scenarios.ts'

export default lawCheck({
  id: 'streaming/says-why-it-failed',
  title: 'response.failed carries an error with code and message',
  laws: ['failed-error'],
  covers: ['stream-failed-error'],
  about: isType('response.failed'),

  mutants: [
    {
      story: 'a failure upstream is passed on without its reason',
      on: text,
      reply: (reply) =>
        changing(reply, 'response.completed', (event) => ({
          ...event,
          type: 'response.failed',
          response: { ...(isObject(event['response']) ? event['response'] : {}), status: 'failed' },
        })),
    },
  ],
})
