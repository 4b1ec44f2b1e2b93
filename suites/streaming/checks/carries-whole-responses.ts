import { defineStreamRuleCheck } from '../stream-rule-check.ts'
import { changeResponses, changeEvents } from '../mutants.ts'
import { textStreamScenario } from '../scenarios.ts'
import { isObject } from '../../../src/authoring/read.ts'
import { mapResponse, without } from '../../../src/authoring/define.ts'

export default defineStreamRuleCheck({
  id: 'streaming/carries-whole-responses',
  title: 'Events of the life cycle carry the whole response object',
  rules: ['lifecycle-object'],
  covers: ['stream-lifecycle-full-object'],

  mutants: [
    {
      story: 'response.created carries an id and nothing else',
      on: textStreamScenario,
      reply: (reply) =>
        changeResponses(reply, ['response.created'], ({ id }) => ({ id: id ?? '' })),
    },
    {
      story: 'response.created carries an id in place of the object',
      on: textStreamScenario,
      reply: (reply) =>
        changeEvents(reply, 'response.created', (event) => ({
          ...event,
          response: isObject(event['response']) ? (event['response']['id'] ?? null) : null,
        })),
    },
    {
      story: 'object is left out everywhere, since it is always the same',
      on: textStreamScenario,
      reply: (reply) => mapResponse(reply, (response) => without(response, 'object')),
    },
    {
      story: 'a typed language sends an empty list as null',
      on: textStreamScenario,
      reply: (reply) =>
        changeResponses(reply, ['response.created', 'response.in_progress'], (response) => ({
          ...response,
          output: null,
        })),
    },
  ],
})
