import { isObject } from '../../../src/authoring/read.ts'
import { defineStreamRuleCheck, isType } from '../stream-rule-check.ts'
import { changeEvents } from '../mutants.ts'
import { textStreamScenario } from '../scenarios.ts'

export default defineStreamRuleCheck({
  id: 'streaming/says-why-it-failed',
  title: 'response.failed carries an error with code and message',
  rules: ['failed-error'],
  covers: ['stream-failed-error'],
  about: isType('response.failed'),

  mutants: [
    {
      story: 'a failure upstream is passed on without its reason',
      on: textStreamScenario,
      reply: (reply) =>
        changeEvents(reply, 'response.completed', (event) => ({
          ...event,
          type: 'response.failed',
          response: { ...(isObject(event['response']) ? event['response'] : {}), status: 'failed' },
        })),
    },
  ],
})
