import { defineStreamRuleCheck, isType } from '../stream-rule-check.ts'
import { failStream } from '../mutants.ts'
import { textStreamScenario } from '../scenarios.ts'

export default defineStreamRuleCheck({
  id: 'streaming/nests-errors',
  title: 'An error event carries its error under error',
  rules: ['error-nested'],
  covers: ['stream-error-event-shape'],
  only: ['open-responses'],
  about: isType('error'),

  mutants: [
    {
      story: 'the flat form of another API is sent',
      on: textStreamScenario,
      dialect: 'open-responses',
      reply: (reply) =>
        failStream(reply, { code: 'server_error', message: 'The upstream timed out.' }),
    },
  ],
})
