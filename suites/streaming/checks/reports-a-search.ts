import { defineCheck, verdictOf } from '../../../src/authoring/define.ts'
import { hasProgress } from '../stream-rule-check.ts'
import { silencing } from '../mutants.ts'
import { search } from '../scenarios.ts'

const TYPE = 'web_search_call'

export default defineCheck({
  id: 'streaming/reports-a-search',
  title: 'A search of the web reports its progress',
  kind: 'behavioural',
  scenario: search,
  covers: ['stream-hosted-tool-phases'],

  judge: ({ stream }) => verdictOf(hasProgress(stream, TYPE)),

  mutants: [
    {
      story: 'a tool that runs at the provider is silent until it has finished',
      reply: (reply) => silencing(reply, TYPE),
    },
  ],
})
