import { defineCheck } from '../../../src/authoring/define.ts'
import { show } from '../../../src/authoring/read.ts'
import type { EveryExchange } from '../../../src/types/index.ts'
import { createFinding, readItemsAt, judgeAnswer } from '../../common/answers.ts'
import { mapItems } from '../../common/mutants.ts'
import { parallelCallsScenario } from '../../tool/scenarios.ts'
import { textScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'basic/item-ids-are-unique',
  title: 'Item ids are non-empty, and unique inside an answer',
  kind: 'wire',
  scenario: 'every',
  covers: ['basic-item-ids-unique'],
  documents: true,

  judge({ exchange }: EveryExchange) {
    return judgeAnswer(exchange, (reply) => {
      const seen = new Map<string, string>()
      const named = readItemsAt(reply.exchange).filter(
        ({ value }) => typeof value['id'] === 'string',
      )
      if (named.length === 0) return 'no item has an id'
      return named.flatMap(({ value, at }) => {
        const id = String(value['id'])
        const first = seen.get(id)
        seen.set(id, at)
        if (id === '') return [createFinding(`${at}/id`, 'a non-empty string', '""')]
        if (first === undefined) return []
        return [createFinding(`${at}/id`, 'an id of its own', `${show(id)}, as at ${first}/id`)]
      })
    })
  },

  mutants: [
    {
      story: 'an adapter uses one upstream id for every item that it makes of an answer',
      on: parallelCallsScenario,
      reply: (reply) => mapItems(reply, undefined, (item) => ({ ...item, id: 'item_0' })),
    },
    {
      story: 'an adapter has no id for what it makes of an answer and leaves it empty',
      on: textScenario,
      reply: (reply) => mapItems(reply, undefined, (item) => ({ ...item, id: '' })),
    },
  ],
})
