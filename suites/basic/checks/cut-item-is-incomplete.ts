import { defineCheck, holds, notShown, violated } from '../../../src/authoring/define.ts'
import { field, items, response, show } from '../../../src/authoring/read.ts'
import { PUBLISHED } from '../../common/answers.ts'
import { mapItems } from '../../common/mutants.ts'
import { cappedScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'basic/cut-item-is-incomplete',
  title: 'The item at which the budget ran out is the last one, and incomplete',
  kind: 'wire',
  scenario: cappedScenario,
  covers: ['basic-incomplete-item-status'],
  only: PUBLISHED,

  judge({ capped: cut }) {
    const status = field(response(cut), '/status')
    if (status !== 'incomplete') return notShown('the answer is not incomplete')
    // A model that thinks may spend the whole budget before the first word.
    const messages = items(cut, 'message')
    const last = messages.at(-1)
    if (last === undefined) return notShown('the budget was spent before any message')
    const early = messages.slice(0, -1).find((item) => item['status'] === 'incomplete')
    if (early === undefined && last['status'] === 'incomplete') return holds
    return violated({
      step: 'capped',
      at: `/output/${items(cut).indexOf(early ?? last)}/status`,
      expected: early === undefined ? '"incomplete"' : '"completed", as it is not the last item',
      actual: show((early ?? last)['status']),
    })
  },

  mutants: [
    {
      story: 'a server closes every item as completed and only marks the response',
      reply: (reply) => mapItems(reply, 'message', (item) => ({ ...item, status: 'completed' })),
    },
  ],
})
