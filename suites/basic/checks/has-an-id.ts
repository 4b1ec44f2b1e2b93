import { defineCheck, mapResponse } from '../../../src/authoring/define.ts'
import { show } from '../../../src/authoring/read.ts'
import type { EveryExchange } from '../../../src/types/index.ts'
import { createFinding, judgeAnswer, PUBLISHED } from '../../common/answers.ts'
import { textScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'basic/has-an-id',
  title: 'An answer has a non-empty id',
  kind: 'wire',
  scenario: 'every',
  covers: ['basic-id-nonempty-unique'],
  only: PUBLISHED,
  documents: true,
  owns: ['/id'],

  judge({ exchange }: EveryExchange) {
    return judgeAnswer(exchange, ({ response: { id }, at }) =>
      typeof id === 'string' && id !== ''
        ? []
        : [createFinding(`${at}/id`, 'a non-empty string', show(id))],
    )
  },

  mutants: [
    {
      story: 'a stateless adapter sees no use for ids and sends an empty one',
      on: textScenario,
      reply: (reply) => mapResponse(reply, (response) => ({ ...response, id: '' })),
    },
  ],
})
