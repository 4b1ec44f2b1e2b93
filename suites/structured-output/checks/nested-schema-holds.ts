import { defineCheck } from '../../../src/authoring/define.ts'
import { parse } from '../../../src/authoring/read.ts'
import { said } from '../../common/answers.ts'
import { saying } from '../../common/mutants.ts'
import { fitsAsAsked } from '../document.ts'
import { nested } from '../scenarios.ts'

export default defineCheck({
  id: 'structured-output/nested-schema-holds',
  title: 'Definitions, recursion, anyOf and nullable types are kept in a strict schema',
  kind: 'forced',
  scenario: nested,
  covers: ['so-nested-arrays-anyof'],

  judge: ({ ask }) => fitsAsAsked('ask', ask, parse(said(ask))),

  mutants: [
    {
      story: 'a gateway cannot follow $ref, and constrains nothing below it',
      reply: (reply) => saying(reply, () => '{"tree":{},"owner":null,"size":1}'),
    },
  ],
})
