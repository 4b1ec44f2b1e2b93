import { defineCheck, verdictOf } from '../../../src/define.ts'
import { fits } from '../../../src/fits.ts'
import { parse, responseAt } from '../../../src/read.ts'
import { asked, said } from '../../common/answers.ts'
import { saying } from '../../common/mutants.ts'
import { constrained } from '../scenarios.ts'

export default defineCheck({
  id: 'structured-output/constraints-hold',
  title: 'Patterns, ranges and lengths are kept in a strict schema',
  kind: 'forced',
  scenario: constrained,
  covers: ['so-keyword-constraints'],

  judge({ ask }) {
    const schema = asked(ask, '/text/format/schema') ?? true
    return verdictOf(
      fits(parse(said(ask)), schema).map((misfit) => ({
        ...misfit,
        step: 'ask',
        at: `${responseAt(ask)}/output text ${misfit.at}`,
      })),
    )
  },

  mutant: {
    story: 'a server knows types, and drops every other keyword of a schema',
    reply: (reply) => saying(reply, () => '{"codes":["a"],"number":1}'),
  },
})
