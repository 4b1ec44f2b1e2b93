import { defineCheck, moot } from '../../../src/authoring/define.ts'
import { itemsAt } from '../../common/answers.ts'
import { acceptance, refusing } from '../../common/refusals.ts'
import { replayed } from '../scenarios.ts'

export default defineCheck({
  id: 'reasoning/takes-its-reasoning-back',
  title: 'A reasoning item with its encrypted_content can be sent back with what followed it',
  kind: 'wire',
  scenario: replayed,
  covers: ['rs-encrypted-replay', 'rs-item-with-tool-output'],

  judge({ call, verbatim }) {
    if (itemsAt(call, 'reasoning').length === 0)
      return moot('the call came without a reasoning item')
    return acceptance('verbatim', verbatim)
  },

  mutants: [
    {
      story: 'a server does not take the item types that it gives out',
      reply: (reply, { text }) =>
        text.includes('"type":"reasoning"') ? refusing(reply, 'input[1].type') : reply,
    },
  ],
})
