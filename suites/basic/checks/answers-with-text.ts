import { defineCheck, holds, notShown, unsure, verdictOf } from '../../../src/authoring/define.ts'
import { field, response } from '../../../src/authoring/read.ts'
import { isRefusal, messageTextOf } from '../../common/answers.ts'
import { replaceText } from '../../common/mutants.ts'
import { textScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'basic/answers-with-text',
  title: 'A completed answer to a plain question has text',
  kind: 'wire',
  scenario: textScenario,
  covers: ['basic-text-nonempty'],

  judge({ plain }) {
    if (field(response(plain), '/status') === 'incomplete')
      return notShown('the answer is incomplete')
    if (messageTextOf(plain) !== '') return holds
    if (isRefusal(plain)) return unsure('model-declined', 'the model refused')
    return verdictOf([
      { step: 'plain', at: '/output', expected: 'a message with text', actual: 'no text at all' },
    ])
  },

  mutants: [
    {
      story: 'an adapter reads the wrong field of its upstream and finds nothing',
      reply: (reply) => replaceText(reply, () => ''),
    },
  ],
})
