import { defineCheck } from '../../../src/authoring/define.ts'
import { parse } from '../../../src/authoring/read.ts'
import { messageTextOf } from '../../common/answers.ts'
import { replaceText } from '../../common/mutants.ts'
import { judgeFit } from '../document.ts'
import { constrainedSchemaScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'structured-output/constraints-hold',
  title: 'Patterns, ranges and lengths are kept in a strict schema',
  kind: 'forced',
  scenario: constrainedSchemaScenario,
  covers: ['so-keyword-constraints'],

  judge: ({ ask }) => judgeFit('ask', ask, parse(messageTextOf(ask))),

  mutants: [
    {
      story: 'a server knows types, and drops every other keyword of a schema',
      reply: (reply) => replaceText(reply, () => '{"codes":["a"],"number":1}'),
    },
  ],
})
