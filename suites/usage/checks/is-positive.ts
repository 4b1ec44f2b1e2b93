import { defineCheck } from '../../../src/authoring/define.ts'
import { isObject } from '../../../src/authoring/read.ts'
import type { EveryExchange } from '../../../src/types/index.ts'
import { textScenario } from '../../basic/scenarios.ts'
import { createFinding, readItemsAt, judgeAnswer } from '../../common/answers.ts'
import { countNothing } from '../../common/mutants.ts'

/** Items that cannot be made without a token. */
const WRITTEN: readonly unknown[] = ['message', 'function_call', 'reasoning']

export default defineCheck({
  id: 'usage/is-positive',
  title: 'A question and an answer cost at least one token each',
  kind: 'wire',
  scenario: 'every',
  covers: ['usage-positive'],
  documents: true,

  judge({ exchange }: EveryExchange) {
    return judgeAnswer(exchange, (reply) => {
      const { usage } = reply.response
      const generated = readItemsAt(reply.exchange).some(({ value }) =>
        WRITTEN.includes(value['type']),
      )
      if (!isObject(usage) || !generated) return 'there is no usage, or nothing was written'
      // A small budget may cut a model before it has written a token.
      if (reply.response['status'] !== 'completed') return 'the answer is not completed'
      const counts = ['input_tokens', 'output_tokens'].flatMap((name) => {
        const value = usage[name]
        return typeof value === 'number' ? [{ name, value }] : []
      })
      if (counts.length === 0) return 'usage has no counts'
      return counts
        .filter(({ value }) => value <= 0)
        .map(({ name, value }) =>
          createFinding(`${reply.at}/usage/${name}`, 'more than 0', String(value)),
        )
    })
  },

  mutants: [
    {
      story: 'a server fills in usage with zeros where its engine reports none',
      on: textScenario,
      reply: countNothing,
    },
  ],
})
