import { defineCheck } from '../../../src/authoring/define.ts'
import { acceptance, refusing } from '../../common/refusals.ts'
import { chained } from '../scenarios.ts'

export default defineCheck({
  id: 'reasoning/restores-its-reasoning',
  title: 'With previous_response_id a function call needs its output only, not its reasoning',
  kind: 'wire',
  scenario: chained,
  covers: ['rs-item-with-tool-output'],

  judge: ({ next }) => acceptance('next', next),

  mutants: [
    {
      story: 'a server stores the call without the reasoning that it requires beside it',
      reply: (reply, { text }) =>
        text.includes('previous_response_id') ? refusing(reply, 'input') : reply,
    },
  ],
})
