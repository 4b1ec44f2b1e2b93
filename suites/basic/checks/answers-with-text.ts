import { defineCheck, moot, unsure, verdictOf } from '../../../src/authoring/define.ts'
import { field, response } from '../../../src/authoring/read.ts'
import { isRefusal, said } from '../../common/answers.ts'
import { saying } from '../../common/mutants.ts'
import { text } from '../scenarios.ts'

export default defineCheck({
  id: 'basic/answers-with-text',
  title: 'A completed answer to a plain question has text',
  kind: 'wire',
  scenario: text,
  covers: ['basic-text-nonempty'],

  judge({ plain }) {
    if (field(response(plain), '/status') === 'incomplete') return moot('the answer is incomplete')
    if (said(plain) !== '') return verdictOf([])
    if (isRefusal(plain)) return unsure('model-declined', 'the model refused')
    return verdictOf([
      { step: 'plain', at: '/output', expected: 'a message with text', actual: 'no text at all' },
    ])
  },

  mutants: [
    {
      story: 'an adapter reads the wrong field of its upstream and finds nothing',
      reply: (reply) => saying(reply, () => ''),
    },
  ],
})
