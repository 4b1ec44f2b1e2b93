import { defineCheck } from '../../../src/authoring/define.ts'
import { show } from '../../../src/authoring/read.ts'
import type { EveryExchange } from '../../../src/types/index.ts'
import { createFinding, readItemsAt, judgeAnswer } from '../../common/answers.ts'
import { mapItems } from '../../common/mutants.ts'
import { textScenario } from '../scenarios.ts'

const PREFIXES: ReadonlyMap<unknown, string> = new Map([
  ['message', 'msg_'],
  ['function_call', 'fc_'],
  ['reasoning', 'rs_'],
  ['custom_tool_call', 'ctc_'],
  ['web_search_call', 'ws_'],
  ['file_search_call', 'fs_'],
  ['image_generation_call', 'ig_'],
  ['code_interpreter_call', 'ci_'],
])

export default defineCheck({
  id: 'basic/item-ids-have-their-prefix',
  title: 'Item ids begin as OpenAI’s do: msg_, fc_, rs_, …',
  kind: 'wire',
  scenario: 'every',
  covers: ['basic-item-id-prefixes'],
  only: ['openai'],
  documents: true,

  judge({ exchange }: EveryExchange) {
    return judgeAnswer(exchange, (reply) => {
      const known = readItemsAt(reply.exchange).flatMap(({ value: { type, id }, at }) => {
        const prefix = PREFIXES.get(type)
        return prefix === undefined || typeof id !== 'string' ? [] : [{ prefix, id, at }]
      })
      if (known.length === 0) return 'no item of a type whose prefix is known'
      return known
        .filter(({ prefix, id }) => !id.startsWith(prefix))
        .map(({ prefix, id, at }) =>
          createFinding(`${at}/id`, `an id that begins with ${prefix}`, show(id)),
        )
    })
  },

  mutants: [
    {
      story: 'a gateway numbers items with bare UUIDs',
      on: textScenario,
      reply: (reply) =>
        mapItems(reply, undefined, (item) => ({
          ...item,
          id: '0f1cbb5e-4f8e-4b39-b0cf-c0ffee000001',
        })),
    },
  ],
})
