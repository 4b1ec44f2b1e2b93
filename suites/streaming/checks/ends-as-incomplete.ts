import { defineCheck, holds, unsure, verdictOf } from '../../../src/authoring/define.ts'
import {
  events,
  eventType,
  field,
  response,
  show,
  TERMINAL_EVENTS,
} from '../../../src/authoring/read.ts'
import { isSeenCut, createUncutFinding } from '../../common/answers.ts'
import { rewordEvents, changeResponses } from '../mutants.ts'
import { incompleteStreamScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'streaming/ends-as-incomplete',
  title: 'An answer that max_output_tokens cuts short ends with response.incomplete and says so',
  kind: 'forced',
  scenario: incompleteStreamScenario,
  covers: ['basic-incomplete-status', 'stream-incomplete-details'],

  judge({ stream }) {
    const end = events(stream).findLast((event) => TERMINAL_EVENTS.includes(eventType(event) ?? ''))
    if (end === undefined) return unsure('prerequisite', 'the stream has no terminal event')
    const type = eventType(end) ?? ''
    const reason = field(response(stream), '/incomplete_details/reason')
    // A reason that is missing altogether is told wherever a response is incomplete.
    const right = reason === 'max_output_tokens' || typeof reason !== 'string'
    if (type === 'response.incomplete' && right) return holds
    if (type === 'response.completed' && !isSeenCut(stream)) {
      return unsure('model-declined', 'nothing shows that the answer was cut at its budget')
    }
    if (type === 'response.completed' && field(response(stream), '/status') === 'completed') {
      return verdictOf([createUncutFinding('stream', stream)])
    }
    return verdictOf([
      {
        step: 'stream',
        at: `/events/${end.index}${type === 'response.incomplete' ? '/response/incomplete_details/reason' : '/type'}`,
        expected: 'response.incomplete with the reason max_output_tokens',
        actual: `${type} with the reason ${show(reason)}`,
        about: ['/max_output_tokens'],
      },
    ])
  },

  mutants: [
    {
      story: 'the finish reason of the upstream is dropped, and everything ends well',
      reply: (reply) =>
        rewordEvents(
          rewordEvents(reply, /"incomplete_details":\{[^}]*\}/g, '"incomplete_details":null'),
          /incomplete(?="[,}])/g,
          'completed',
        ),
    },
    {
      story: 'whatever is cut short is said to be filtered',
      reply: (reply) =>
        changeResponses(reply, TERMINAL_EVENTS, (response) => ({
          ...response,
          incomplete_details: { reason: 'content_filter' },
        })),
    },
  ],
})
