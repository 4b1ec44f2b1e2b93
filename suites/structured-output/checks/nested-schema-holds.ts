import { defineCheck, verdictOf } from '../../../src/define.ts'
import { fits } from '../../../src/fits.ts'
import { parse, responseAt } from '../../../src/read.ts'
import { asked, said } from '../../common/answers.ts'
import { saying } from '../../common/mutants.ts'
import { nested } from '../scenarios.ts'

export default defineCheck({
  id: 'structured-output/nested-schema-holds',
  title: 'Definitions, recursion, anyOf and nullable types are kept in a strict schema',
  kind: 'forced',
  scenario: nested,
  covers: ['so-nested-arrays-anyof'],

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
    story: 'a gateway cannot follow $ref, and constrains nothing below it',
    reply: (reply) => saying(reply, () => '{"tree":{},"owner":null,"size":1}'),
  },
})
