import { defineCheck, mapResponse, without } from '../../../src/authoring/define.ts'
import { show } from '../../../src/authoring/read.ts'
import type { EveryExchange } from '../../../src/types/index.ts'
import { createFinding, judgeAnswer, readPartsAt } from '../../common/answers.ts'
import { mapParts } from '../../common/mutants.ts'
import { refusalScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'structured-output/refusal-is-a-part',
  title: 'A refusal is a part with its text in refusal, in a completed answer',
  kind: 'wire',
  scenario: 'every',
  covers: ['so-refusal-shape'],
  only: ['openai', 'open-responses'],
  documents: true,
  owns: ['/output/*/content/*/refusal'],

  judge({ exchange }: EveryExchange) {
    return judgeAnswer(exchange, (reply) => {
      const refusals = readPartsAt(reply.exchange).filter(
        ({ value }) => value['type'] === 'refusal',
      )
      if (refusals.length === 0) return 'no refusal in the output'
      const { status } = reply.response
      return [
        ...(status === 'completed' || status === 'incomplete'
          ? []
          : [createFinding(`${reply.at}/status`, '"completed"', show(status))]),
        ...refusals
          .filter(({ value }) => typeof value['refusal'] !== 'string')
          .map(({ value, at }) =>
            createFinding(`${at}/refusal`, 'a string', show(value['refusal'])),
          ),
      ]
    })
  },

  mutants: [
    {
      story: 'an adapter puts the words of a refusal where text belongs',
      on: refusalScenario,
      reply: (reply) =>
        mapParts(reply, (part) =>
          part['type'] === 'refusal'
            ? { ...without(part, 'refusal'), text: part['refusal'] ?? '' }
            : part,
        ),
    },
    {
      story: 'an adapter calls an answer failed when the model refuses',
      on: refusalScenario,
      reply: (reply) => mapResponse(reply, (response) => ({ ...response, status: 'failed' })),
    },
  ],
})
