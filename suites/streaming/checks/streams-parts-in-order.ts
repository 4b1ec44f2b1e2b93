import { defineStreamRuleCheck, hasTypePrefix } from '../stream-rule-check.ts'
import { delayEvents, changeEvents, renumberEvents, repeatEvents } from '../mutants.ts'
import { textStreamScenario, refusalStreamScenario } from '../scenarios.ts'
import { without } from '../../../src/authoring/define.ts'

export default defineStreamRuleCheck({
  id: 'streaming/streams-parts-in-order',
  title: 'A part is added, written, done and closed, in this order',
  rules: ['part-order'],
  covers: ['stream-part-event-order'],
  about: hasTypePrefix('content_part'),

  mutants: [
    {
      story: 'the last delta is flushed by a timer',
      on: textStreamScenario,
      reply: (reply) => delayEvents(reply, 'response.output_text.done'),
    },
    {
      story: 'a part is opened by its role and again by its first token',
      on: textStreamScenario,
      reply: (reply) => repeatEvents(reply, 'response.content_part.added'),
    },
    {
      story: 'a part is closed with its text and once more with its item',
      on: textStreamScenario,
      reply: (reply) => repeatEvents(reply, 'response.content_part.done'),
    },
    {
      story: 'every part is opened as text, before the model refuses',
      on: refusalStreamScenario,
      reply: (reply) =>
        changeEvents(reply, 'response.content_part.added', (event) => ({
          ...event,
          part: { type: 'output_text', text: '', annotations: [], logprobs: [] },
        })),
    },
    {
      story: 'an empty delta is flushed behind the end of the text',
      on: textStreamScenario,
      reply: (reply) =>
        renumberEvents(
          changeEvents(reply, 'response.output_text.done', (event) => [
            event,
            { ...without(event, 'text'), type: 'response.output_text.delta', delta: '' },
          ]),
        ),
    },
    {
      story: 'the end of a text is sent by the parser and by the writer',
      on: textStreamScenario,
      reply: (reply) => repeatEvents(reply, 'response.output_text.done'),
    },
  ],
})
