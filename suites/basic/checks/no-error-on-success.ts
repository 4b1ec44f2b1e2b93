import { defineCheck, mapResponse, without } from '../../../src/authoring/define.ts'
import { show } from '../../../src/authoring/read.ts'
import type { EveryExchange } from '../../../src/types/index.ts'
import { createFinding, judgeAnswer, PUBLISHED } from '../../common/answers.ts'
import { textScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'basic/no-error-on-success',
  title: 'error and incomplete_details are there, and null, on a completed answer',
  kind: 'wire',
  scenario: 'every',
  covers: ['basic-error-null-on-success'],
  only: PUBLISHED,
  documents: true,
  owns: ['/error'],

  judge({ exchange }: EveryExchange) {
    return judgeAnswer(exchange, ({ response, at }) => {
      if (response['status'] !== 'completed') return 'the answer is not completed'
      return ['error', 'incomplete_details']
        .filter((name) => response[name] !== null)
        .map((name) => createFinding(`${at}/${name}`, 'null', show(response[name])))
    })
  },

  mutants: [
    {
      story: 'a serializer drops every field that is null',
      on: textScenario,
      reply: (reply) =>
        mapResponse(reply, (response) => without(response, 'error', 'incomplete_details')),
    },
  ],
})
