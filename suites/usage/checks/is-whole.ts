import { defineCheck, mapResponse } from '../../../src/authoring/define.ts'
import { isObject, show } from '../../../src/authoring/read.ts'
import type { EveryExchange } from '../../../src/types/index.ts'
import { textScenario } from '../../basic/scenarios.ts'
import { createFinding, judgeAnswer, PUBLISHED } from '../../common/answers.ts'

export default defineCheck({
  id: 'usage/is-whole',
  title:
    'usage, where it is reported, has input_tokens, output_tokens and total_tokens, and details of both',
  kind: 'wire',
  scenario: 'every',
  covers: ['usage-shape'],
  only: PUBLISHED,
  documents: true,
  owns: ['/usage/**'],

  judge({ exchange }: EveryExchange) {
    return judgeAnswer(exchange, ({ response: { usage }, at }) => {
      if (!isObject(usage)) return 'whether there is any is told elsewhere'
      const counts = ['input_tokens', 'output_tokens', 'total_tokens']
        .filter((name) => !Number.isInteger(usage[name]))
        .map((name) => createFinding(`${at}/usage/${name}`, 'an integer', show(usage[name])))
      const details = ['input_tokens_details', 'output_tokens_details']
        .filter((name) => !isObject(usage[name]))
        .map((name) => createFinding(`${at}/usage/${name}`, 'an object', show(usage[name])))
      return [...counts, ...details]
    })
  },

  mutants: [
    {
      story: 'a gateway hands through the usage of Chat Completions',
      on: textScenario,
      reply: (reply) =>
        mapResponse(reply, (response) => ({
          ...response,
          usage: { prompt_tokens: 9, completion_tokens: 2, total_tokens: 11 },
        })),
    },
  ],
})
