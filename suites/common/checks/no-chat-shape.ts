import { defineCheck, mapJson, notShown, verdictOf } from '../../../src/authoring/define.ts'
import { isObject, show } from '../../../src/authoring/read.ts'
import type { EveryExchange } from '../../../src/types/index.ts'
import { textScenario } from '../../basic/scenarios.ts'
import { createFinding } from '../answers.ts'

const CHAT: readonly string[] = ['choices', 'message', 'messages', 'finish_reason', 'delta']

export default defineCheck({
  id: 'common/no-chat-shape',
  title: 'A reply has no Chat Completions fields at the top level',
  kind: 'wire',
  scenario: 'every',
  covers: ['misc-no-chat-shape'],
  documents: true,

  judge({ exchange: { request, status, body } }: EveryExchange) {
    if (request.operation !== 'create' || status < 200 || status > 299 || body.kind !== 'json') {
      return notShown('not a response object')
    }
    const { value } = body
    if (!isObject(value)) return notShown('not an object')
    return verdictOf(
      CHAT.filter((name) => name in value).map((name) =>
        createFinding(
          `/${name}`,
          'a Responses API object, which has no such field',
          show(value[name]),
        ),
      ),
    )
  },

  mutants: [
    {
      story: 'an adapter leaves the upstream Chat Completions choices in the answer',
      on: textScenario,
      reply: (reply) =>
        mapJson(reply, (body) => ({
          ...body,
          choices: [
            { index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'x' } },
          ],
        })),
    },
  ],
})
