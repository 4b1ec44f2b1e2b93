import { defineCheck } from '../../../src/authoring/define.ts'
import { judgeAccepted, refuseParameter } from '../../common/refusals.ts'
import { searchedScenario } from '../namespaces.ts'

export default defineCheck({
  id: 'tool/takes-a-searched-history',
  title: 'A tool search and a call inside a namespace may stand in the input',
  kind: 'wire',
  scenario: searchedScenario,
  covers: ['tool-search-items'],

  judge: ({ ask }) => judgeAccepted('ask', ask),

  mutants: [
    {
      story: 'an adapter knows messages, calls of functions and their results, and no other item',
      reply: (reply, { text }) =>
        text.includes('tool_search_output') ? refuseParameter(reply, 'input') : reply,
    },
  ],
})
