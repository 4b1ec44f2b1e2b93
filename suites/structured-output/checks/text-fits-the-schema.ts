import { defineCheck, moot, verdictOf } from '../../../src/define.ts'
import { fits } from '../../../src/fits.ts'
import { parse, responseAt } from '../../../src/read.ts'
import { asked, said } from '../../common/answers.ts'
import { saying } from '../../common/mutants.ts'
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
    const schema = asked(ask, '/text/format/schema') ?? true
    return verdictOf(
      fits(value, schema).map((misfit) => ({
        ...misfit,
        step: 'ask',
        at: `${responseAt(ask)}/output text ${misfit.at}`,
      })),
    )
  },

  mutant: {
    story: 'a gateway turns the schema into a hint in the prompt',
    reply: (reply) => saying(reply, () => '{"word":"tomato","count":"three"}'),
  },
})
