import { defineCheck, holds, unsure, violated } from '../../../src/authoring/define.ts'
import { quoteReply } from '../../../src/authoring/judge-refusal.ts'
import { isObject } from '../../../src/authoring/read.ts'
import { refuseParameter } from '../../common/refusals.ts'
import { emptyResultScenario } from '../two-results.ts'

export default defineCheck({
  id: 'tool/takes-empty-texts',
  title: 'An answer without a part and a result without a character are taken back',
  kind: 'wire',
  scenario: emptyResultScenario,
  covers: ['tool-output-empty'],

  judge({ spoken, ask }) {
    if (ask.status < 300) return holds
    if (spoken.status >= 300) {
      return unsure('prerequisite', `with words it is answered ${spoken.status} as well`)
    }
    return violated({
      step: 'ask',
      at: 'status',
      about: ['/input/*/output'],
      expected: 'a 2xx status: a text may be empty',
      actual: quoteReply(ask),
    })
  },

  mutants: [
    {
      story: 'an upstream wants a character of every result',
      reply: (reply, { body }) => {
        const input = isObject(body) ? body['input'] : undefined
        const isEmpty =
          Array.isArray(input) && input.some((item) => isObject(item) && item['output'] === '')
        return isEmpty ? refuseParameter(reply, 'input') : reply
      },
    },
  ],
})
