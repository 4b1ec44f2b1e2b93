import { defineCheck, holds, violated } from '../../../src/authoring/define.ts'
import { isError } from '../../../src/authoring/read.ts'
import { quoteReply } from '../../../src/authoring/judge-refusal.ts'
import { refuseParameter } from '../../common/refusals.ts'
import { storedScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'lifecycle/accepts-bracketed-lists',
  title: 'A list in the query is accepted in the form include[]=value',
  kind: 'wire',
  scenario: storedScenario,
  covers: ['transport-query-array-brackets'],

  judge({ bracketed }) {
    if (!isError(bracketed)) return holds
    return violated({
      step: 'bracketed',
      at: 'status',
      expected: "200, because include[]=value is the form in which OpenAI's SDK sends lists",
      actual: quoteReply(bracketed),
    })
  },

  mutants: [
    {
      story: 'a web framework refuses query parameters that it does not know by this name',
      reply: (reply, { query }) =>
        query.has('include[]') ? refuseParameter(reply, 'include[]') : reply,
    },
  ],
})
