import { defineCheck } from '../../../src/authoring/define.ts'
import { acceptance, refusing } from '../../common/refusals.ts'
import { charset } from '../scenarios.ts'

export default defineCheck({
  id: 'transport/accepts-a-charset',
  title: 'A charset beside application/json makes no difference',
  kind: 'wire',
  scenario: charset,
  covers: ['transport-request-charset-accepted'],

  judge: ({ ask }) => acceptance('ask', ask),

  mutants: [
    {
      story: 'a server compares the whole content type with application/json',
      reply: (reply, { headers }) =>
        headers['content-type']?.includes('charset') === true
          ? refusing(reply, 'content-type')
          : reply,
    },
  ],
})
