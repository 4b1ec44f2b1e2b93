import { defineCheck, without } from '../../../src/authoring/define.ts'
import { show } from '../../../src/authoring/read.ts'
import type { EveryExchange, Json } from '../../../src/types/index.ts'
import { createFinding, readItemsAt, judgeAnswer, PUBLISHED } from '../../common/answers.ts'
import { mapItems } from '../../common/mutants.ts'
import { requiredCallScenario } from '../scenarios.ts'

const STATES: readonly unknown[] = ['completed', 'incomplete', 'in_progress']

export default defineCheck({
  id: 'tool/call-is-whole',
  title: 'A function_call has id, call_id, name and status',
  kind: 'wire',
  scenario: 'every',
  covers: ['tool-call-item-fields', 'basic-item-status-present'],
  only: PUBLISHED,
  documents: true,
  owns: ['/output/*/call_id', '/output/*/name', '/output/*/arguments'],

  judge({ exchange }: EveryExchange, { yardstick }) {
    return judgeAnswer(exchange, (reply) => {
      const calls = readItemsAt(reply.exchange, 'function_call')
      if (calls.length === 0) return 'no function_call in the output'
      const wanted = (ok: boolean, at: string, expected: string, actual: Json | undefined) =>
        ok ? [] : [createFinding(at, expected, show(actual))]
      const isName = (value: Json | undefined) => typeof value === 'string' && value !== ''
      return calls.flatMap(({ value: { id, call_id: callId, name, status }, at }) => [
        // OpenAI's schema lets the id of a call be left out.
        ...wanted(
          isName(id) || (id === undefined && yardstick === 'openai'),
          `${at}/id`,
          'a non-empty string',
          id,
        ),
        ...wanted(isName(callId), `${at}/call_id`, 'a non-empty string', callId),
        ...wanted(isName(name), `${at}/name`, 'the name of a function', name),
        ...wanted(STATES.includes(status), `${at}/status`, STATES.map(String).join(', '), status),
      ])
    })
  },

  mutants: [
    {
      story: 'an adapter hands through calls of Chat Completions, with id in place of call_id',
      on: requiredCallScenario,
      reply: (reply) => mapItems(reply, 'function_call', (item) => without(item, 'call_id')),
    },
  ],
})
