import { defineCheck } from '../../../src/authoring/define.ts'
import { parse } from '../../../src/authoring/read.ts'
import { messageTextOf } from '../../common/answers.ts'
import { replaceText } from '../../common/mutants.ts'
import { judgeFit } from '../document.ts'
import { nestedSchemaScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'structured-output/nested-schema-holds',
  title: 'Definitions, recursion, anyOf and nullable types are kept in a strict schema',
  kind: 'forced',
  scenario: nestedSchemaScenario,
  covers: ['so-nested-arrays-anyof'],

  judge: ({ ask }) => judgeFit('ask', ask, parse(messageTextOf(ask))),

  mutants: [
    {
      story: 'a gateway cannot follow $ref, and constrains nothing below it',
      reply: (reply) => replaceText(reply, () => '{"tree":{},"owner":null,"size":1}'),
    },
  ],
})
