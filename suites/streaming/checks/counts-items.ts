import { mapEvents } from '../../../src/authoring/define.ts'
import type { Json } from '../../../src/types/index.ts'
import { defineStreamRuleCheck, isType } from '../stream-rule-check.ts'
import { parallelCallsStreamScenario, textStreamScenario } from '../scenarios.ts'
import { changeEvents, changeResponses, repeatEvents } from '../mutants.ts'
import { TERMINAL_EVENTS } from '../../../src/authoring/read.ts'

export default defineStreamRuleCheck({
  id: 'streaming/counts-items',
  title: 'output_index counts items from 0, and is their place in the final output',
  rules: ['output-index'],
  covers: ['stream-output-index-contiguous'],
  about: isType('response.output_item.added'),

  mutants: [
    {
      story: 'output_index is the number 0 everywhere',
      on: parallelCallsStreamScenario,
      reply: (reply) =>
        mapEvents(reply, (event) =>
          'output_index' in event ? { ...event, output_index: 0 } : event,
        ),
    },
    {
      story: 'deltas count items from 1',
      on: textStreamScenario,
      reply: (reply) =>
        changeEvents(reply, 'response.output_text.delta', (event) => ({
          ...event,
          output_index: Number(event['output_index']) + 1,
        })),
    },
    {
      story: 'an item is added by its role and again by its first token',
      on: textStreamScenario,
      reply: (reply) => repeatEvents(reply, 'response.output_item.added'),
    },
    {
      story: 'the final output has the last call first',
      on: parallelCallsStreamScenario,
      reply: (reply) =>
        changeResponses(reply, TERMINAL_EVENTS, (response) => ({
          ...response,
          output: ((response['output'] ?? []) as readonly Json[]).toReversed(),
        })),
    },
  ],
})
