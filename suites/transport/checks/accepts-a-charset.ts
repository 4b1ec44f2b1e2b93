import { defineCheck } from '../../../src/authoring/define.ts'
import { judgeAccepted, refuseParameter } from '../../common/refusals.ts'
import { charsetScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'transport/accepts-a-charset',
  title: 'A charset beside application/json makes no difference',
  kind: 'wire',
  scenario: charsetScenario,
  covers: ['transport-request-charset-accepted'],

  judge: ({ ask }) => judgeAccepted('ask', ask),

  mutants: [
    {
      story: 'a server compares the whole content type with application/json',
      reply: (reply, { headers }) =>
        headers['content-type']?.includes('charset') === true
          ? refuseParameter(reply, 'content-type')
          : reply,
    },
  ],
})
