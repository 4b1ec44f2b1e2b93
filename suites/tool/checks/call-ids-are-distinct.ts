import { defineCheck } from '../../../src/authoring/define.ts'
import { show } from '../../../src/authoring/read.ts'
import type { EveryExchange } from '../../../src/types/index.ts'
import { createFinding, readItemsAt, judgeAnswer } from '../../common/answers.ts'
import { mapItems } from '../../common/mutants.ts'
import { parallelCallsScenario } from '../scenarios.ts'

/** The longest that Open Responses lets a client send back. */
const LONGEST = 64

export default defineCheck({
  id: 'tool/call-ids-are-distinct',
  title: 'Each call has a call_id of its own, of at most 64 characters',
  kind: 'wire',
  scenario: 'every',
  covers: ['tool-call-id-distinct', 'tool-parallel-true'],
  documents: true,

  judge({ exchange }: EveryExchange) {
    return judgeAnswer(exchange, (reply) => {
      const calls = readItemsAt(reply.exchange).flatMap(({ value, at }) =>
        typeof value['call_id'] === 'string' && String(value['type']).endsWith('_call')
          ? [{ id: value['call_id'], at: `${at}/call_id` }]
          : [],
      )
      if (calls.length === 0) return 'no call with a call_id'
      return calls.flatMap(({ id, at }, index) => {
        if (id.length > LONGEST) {
          return [createFinding(at, `at most ${LONGEST} characters`, `${id.length}: ${show(id)}`)]
        }
        const first = calls.findIndex((call) => call.id === id)
        if (first === index) return []
        return [createFinding(at, 'a call_id of its own', `${show(id)}, as at ${calls[first]?.at}`)]
      })
    })
  },

  mutants: [
    {
      story: 'an adapter derives the call_id from the name of the function',
      on: parallelCallsScenario,
      reply: (reply) =>
        mapItems(reply, 'function_call', (item) => ({ ...item, call_id: 'call_look_up' })),
    },
    {
      story: 'a gateway carries its own state in the call_id',
      on: parallelCallsScenario,
      reply: (reply) =>
        mapItems(reply, 'function_call', (item) => ({
          ...item,
          call_id: `${String(item['call_id'])}|${'state'.repeat(20)}`,
        })),
    },
  ],
})
