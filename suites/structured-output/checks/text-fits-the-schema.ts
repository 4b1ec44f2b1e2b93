import { defineCheck, notShown } from '../../../src/authoring/define.ts'
import { parse } from '../../../src/authoring/read.ts'
import { messageTextOf } from '../../common/answers.ts'
import { replaceText } from '../../common/mutants.ts'
import { judgeFit } from '../document.ts'
import { strictScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'structured-output/text-fits-the-schema',
  title: 'The text fits the strict schema, forced values included',
  kind: 'forced',
  scenario: strictScenario,
  covers: ['so-strict-conforms', 'so-enum-forces-value'],

  judge({ ask }) {
    const value = parse(messageTextOf(ask))
    if (value === undefined) return notShown('the text is not JSON')
    return judgeFit('ask', ask, value)
  },

  mutants: [
    {
      story: 'a gateway turns the schema into a hint in the prompt',
      reply: (reply) => replaceText(reply, () => '{"word":"tomato","count":"three"}'),
    },
  ],
})
