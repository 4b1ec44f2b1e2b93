import { defineCheck, mapResponse } from '../../../src/authoring/define.ts'
import { show } from '../../../src/authoring/read.ts'
import type { EveryExchange } from '../../../src/types/index.ts'
import { createFinding, judgeAnswer, PUBLISHED } from '../../common/answers.ts'
import { textScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'basic/id-begins-with-resp',
  title: 'The id of an answer begins with resp_',
  kind: 'wire',
  scenario: 'every',
  covers: ['basic-id-prefix'],
  only: PUBLISHED,
  documents: true,

  judge({ exchange }: EveryExchange) {
    return judgeAnswer(exchange, ({ response: { id }, at }) => {
      if (typeof id !== 'string' || id === '') return 'there is no id'
      return id.startsWith('resp_')
        ? []
        : [createFinding(`${at}/id`, 'an id that begins with resp_', show(id))]
    })
  },

  mutants: [
    {
      story: 'a gateway hands through the id of the Chat Completions upstream',
      on: textScenario,
      reply: (reply) =>
        mapResponse(reply, (response) => ({ ...response, id: 'chatcmpl-8f3a91c2' })),
    },
  ],
})
