import { defineCheck, moot } from '../../../src/authoring/define.ts'
import { parse } from '../../../src/authoring/read.ts'
import { said } from '../../common/answers.ts'
import { saying } from '../../common/mutants.ts'
import { fitsAsAsked } from '../document.ts'
import { strict } from '../scenarios.ts'

export default defineCheck({
  id: 'structured-output/text-fits-the-schema',
  title: 'The text fits the strict schema, forced values included',
  kind: 'forced',
  scenario: strict,
  covers: ['so-strict-conforms', 'so-enum-forces-value'],

  judge({ ask }) {
    const value = parse(said(ask))
    if (value === undefined) return moot('the text is not JSON')
    return fitsAsAsked('ask', ask, value)
  },

  mutants: [
    {
      story: 'a gateway turns the schema into a hint in the prompt',
      reply: (reply) => saying(reply, () => '{"word":"tomato","count":"three"}'),
    },
  ],
})
