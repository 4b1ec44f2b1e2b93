import { defineCheck, without } from '../../../src/authoring/define.ts'
import { show } from '../../../src/authoring/read.ts'
import type { EveryExchange, Json } from '../../../src/types/index.ts'
import { createFinding, readItemsAt, judgeAnswer, PUBLISHED } from '../../common/answers.ts'
import { mapItems } from '../../common/mutants.ts'
import { textScenario } from '../scenarios.ts'

const STATES: readonly unknown[] = ['completed', 'incomplete', 'in_progress']
/** What was asked, repeated in the output, is a fault of its own. */
const OTHERS: readonly unknown[] = ['user', 'system', 'developer']

export default defineCheck({
  id: 'basic/message-item-is-whole',
  title: 'A message in the output has the role assistant, an id and a status',
  kind: 'wire',
  scenario: 'every',
  covers: ['basic-message-item', 'basic-item-status-present'],
  only: PUBLISHED,
  documents: true,
  owns: ['/output/*/id', '/output/*/role', '/output/*/status'],

  judge({ exchange }: EveryExchange) {
    return judgeAnswer(exchange, (reply) => {
      const messages = readItemsAt(reply.exchange, 'message')
      if (messages.length === 0) return 'no message in the output'
      const asked = (ok: boolean, at: string, expected: string, actual: Json | undefined) =>
        ok ? [] : [createFinding(at, expected, show(actual))]
      return messages.flatMap(({ value: { id, role, status }, at }) => [
        ...asked(typeof id === 'string', `${at}/id`, 'a string', id),
        ...asked(role === 'assistant' || OTHERS.includes(role), `${at}/role`, '"assistant"', role),
        ...asked(STATES.includes(status), `${at}/status`, STATES.map(String).join(', '), status),
      ])
    })
  },

  mutants: [
    {
      story: 'an adapter builds messages from Chat Completions, which know neither id nor status',
      on: textScenario,
      reply: (reply) => mapItems(reply, 'message', (item) => without(item, 'id', 'status')),
    },
  ],
})
