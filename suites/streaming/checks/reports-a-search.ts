import { defineCheck, verdictOf } from '../../../src/authoring/define.ts'
import { findMissingProgress } from '../stream-rule-check.ts'
import { silenceTool } from '../mutants.ts'
import { searchStreamScenario } from '../scenarios.ts'

const TYPE = 'web_search_call'

export default defineCheck({
  id: 'streaming/reports-a-search',
  title: 'A search of the web reports its progress',
  kind: 'behavioural',
  scenario: searchStreamScenario,
  covers: ['stream-hosted-tool-phases'],

  judge: ({ stream }) => verdictOf(findMissingProgress(stream, TYPE)),

  mutants: [
    {
      story: 'a tool that runs at the provider is silent until it has finished',
      reply: (reply) => silenceTool(reply, TYPE),
    },
  ],
})
