import { defineCheck, mapResponse } from '../../../src/authoring/define.ts'
import { show } from '../../../src/authoring/read.ts'
import type { EveryExchange } from '../../../src/types/index.ts'
import { createFinding, judgeAnswer, PUBLISHED } from '../../common/answers.ts'
import { textScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'basic/object-type',
  title: 'The object of an answer is "response"',
  kind: 'wire',
  scenario: 'every',
  covers: ['basic-object-type'],
  only: PUBLISHED,
  documents: true,
  owns: ['/object'],

  judge({ exchange }: EveryExchange) {
    return judgeAnswer(exchange, ({ response, at }) =>
      response['object'] === 'response'
        ? []
        : [createFinding(`${at}/object`, '"response"', show(response['object']))],
    )
  },

  mutants: [
    {
      story: 'an adapter forwards the object name of Chat Completions',
      on: textScenario,
      reply: (reply) =>
        mapResponse(reply, (response) => ({ ...response, object: 'chat.completion' })),
    },
  ],
})
