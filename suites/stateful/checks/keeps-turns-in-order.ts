import { defineCheck, mapBody } from '../../../src/authoring/define.ts'
import { judgeRecall } from '../../../src/authoring/code-word.ts'
import type { JsonObject } from '../../../src/types/index.ts'
import { chainScenario, plantedWordsOf, doubtUnlinked } from '../scenarios.ts'

export default defineCheck({
  id: 'stateful/keeps-turns-in-order',
  title: 'New input counts after the context of the previous response',
  kind: 'behavioural',
  scenario: chainScenario,
  covers: ['state-previous-order'],
  meter: false,

  judge({ fork, third }, { nonce }) {
    const from = 'that the new input has just changed'
    const judgement = judgeRecall('fork', fork, plantedWordsOf(nonce).forked, from)
    return judgement.kind === 'holds' ? (doubtUnlinked(third, nonce) ?? judgement) : judgement
  },

  mutants: [
    {
      story: 'a cache in front of the model answers from the context that it had before',
      request: (request) =>
        mapBody(
          request,
          (body) =>
            JSON.parse(
              JSON.stringify(body).replace(/The code word has changed to [^ ]* /, ''),
            ) as JsonObject,
        ),
    },
  ],
})
