import { defineCheck, moot } from '../../../src/authoring/define.ts'
import { itemsAt } from '../../common/answers.ts'
import { acceptance, refusing } from '../../common/refusals.ts'
import { replayed } from '../scenarios.ts'

export default defineCheck({
  id: 'reasoning/takes-bare-reasoning-back',
  title: 'A reasoning item can be sent back with content null and without status',
  kind: 'wire',
  scenario: replayed,
  covers: ['rs-replay-null-fields'],

  judge({ call, bare }) {
    if (itemsAt(call, 'reasoning').length === 0)
      return moot('the call came without a reasoning item')
    return acceptance('bare', bare)
  },

  mutants: [
    {
      story: 'a validator takes null for a missing list',
      reply: (reply, { text }) =>
        text.includes('"content":null') ? refusing(reply, 'input[1].content') : reply,
    },
  ],
})
