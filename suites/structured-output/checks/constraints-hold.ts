import { defineCheck } from '../../../src/authoring/define.ts'
import { parse } from '../../../src/authoring/read.ts'
import { said } from '../../common/answers.ts'
import { saying } from '../../common/mutants.ts'
import { fitsAsAsked } from '../document.ts'
import { constrained } from '../scenarios.ts'

export default defineCheck({
  id: 'structured-output/constraints-hold',
  title: 'Patterns, ranges and lengths are kept in a strict schema',
  kind: 'forced',
  scenario: constrained,
  covers: ['so-keyword-constraints'],

  judge: ({ ask }) => fitsAsAsked('ask', ask, parse(said(ask))),

  mutants: [
    {
      story: 'a server knows types, and drops every other keyword of a schema',
      reply: (reply) => saying(reply, () => '{"codes":["a"],"number":1}'),
    },
  ],
})
