import { defineCheck, mapResponse } from '../../../src/authoring/define.ts'
import { isObject, isStream, show } from '../../../src/authoring/read.ts'
import type { EveryExchange } from '../../../src/types/index.ts'
import { textScenario } from '../../basic/scenarios.ts'
import { requestValueOf, createFinding, judgeAnswer, PUBLISHED } from '../../common/answers.ts'

export default defineCheck({
  id: 'usage/is-reported',
  title: 'A finished answer reports its usage',
  kind: 'wire',
  scenario: 'every',
  covers: ['usage-reported'],
  only: PUBLISHED,

  judge({ exchange }: EveryExchange) {
    return judgeAnswer(exchange, ({ response: { usage }, at }) => {
      if (isStream(exchange)) return 'that a stream reports no usage is told elsewhere'
      if (requestValueOf(exchange, '/background') === true) return 'nothing has been spent yet'
      return isObject(usage) ? [] : [createFinding(`${at}/usage`, 'an object', show(usage))]
    })
  },

  mutants: [
    {
      story: 'a gateway reports usage in streams only',
      on: textScenario,
      reply: (reply) => mapResponse(reply, (response) => ({ ...response, usage: null })),
    },
  ],
})
