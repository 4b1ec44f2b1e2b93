import { defineCheck, holds, verdictOf, mapQuestion } from '../../../src/authoring/define.ts'
import { events, field, isObject, items, parse, show } from '../../../src/authoring/read.ts'
import { createUncalledFinding } from '../../common/answers.ts'
import { isType } from '../stream-rule-check.ts'
import { dropEvents, renumberEvents, rewordEvents } from '../mutants.ts'
import { bareCallStreamScenario } from '../scenarios.ts'
import { reportIneffective } from '../../common/ineffective.ts'

export default defineCheck({
  id: 'streaming/streams-an-empty-call',
  title: 'The arguments of a call without parameters are done as an empty JSON object',
  kind: 'forced',
  scenario: bareCallStreamScenario,
  covers: ['stream-fc-done-once'],

  judge({ stream }) {
    const done = events(stream).find(isType('response.function_call_arguments.done'))
    const told = field(done?.data, '/arguments')
    const value = parse(told)
    if (isObject(value) && Object.keys(value).length === 0) return holds
    if (done === undefined && items(stream, 'function_call').length === 0) {
      return reportIneffective(stream, '/tool_choice', createUncalledFinding('stream', stream))
    }
    return verdictOf([
      {
        step: 'stream',
        at: done === undefined ? '/events' : `/events/${done.index}/arguments`,
        expected: '"{}" in response.function_call_arguments.done',
        actual: done === undefined ? 'no such event' : show(told),
        ...(done === undefined ? { kind: 'missing-event' } : {}),
      },
    ])
  },

  mutants: [
    {
      story: 'arguments that never came are passed on as an empty text',
      reply: (reply) =>
        renumberEvents(
          rewordEvents(
            dropEvents(reply, 'response.function_call_arguments.delta'),
            '"arguments":"{}"',
            '"arguments":""',
          ),
        ),
    },
    {
      story: 'a gateway takes a tool_choice that is an object for none',
      request: (request) => mapQuestion(request, (body) => ({ ...body, tool_choice: 'none' })),
    },
  ],
})
