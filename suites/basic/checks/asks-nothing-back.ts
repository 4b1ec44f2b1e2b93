import { defineCheck, mapResponse } from '../../../src/authoring/define.ts'
import { field, show } from '../../../src/authoring/read.ts'
import type { EveryExchange, Json } from '../../../src/types/index.ts'
import { createFinding, readItemsAt, judgeAnswer } from '../../common/answers.ts'
import { textScenario } from '../scenarios.ts'

const ASKING: readonly unknown[] = ['user', 'system', 'developer']

export default defineCheck({
  id: 'basic/asks-nothing-back',
  title: 'The output holds what was produced, not what was asked',
  kind: 'wire',
  scenario: 'every',
  covers: ['basic-no-input-echo-in-output'],
  documents: true,

  judge({ exchange }: EveryExchange) {
    return judgeAnswer(exchange, (reply) =>
      readItemsAt(reply.exchange)
        .filter(({ value: { type, role } }) => type === 'message' && ASKING.includes(role))
        .map(({ value, at }) =>
          createFinding(
            at,
            'a message of the assistant',
            `a message with role ${show(value['role'])}`,
          ),
        ),
    )
  },

  mutants: [
    {
      story: 'a server returns the whole conversation as output',
      on: textScenario,
      reply: (reply, request) =>
        mapResponse(reply, (response) => ({
          ...response,
          output: [...list(asInput(request.body)), ...list(response['output'])],
        })),
    },
  ],
})

function asInput(body: Json | undefined): Json | undefined {
  return field(body, '/input')
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : []
}
