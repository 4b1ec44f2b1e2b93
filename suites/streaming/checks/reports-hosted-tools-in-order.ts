import { defineStreamRuleCheck, hasTypePrefix } from '../stream-rule-check.ts'
import { delayEvents, changeEvents, dropEvents, renumberEvents } from '../mutants.ts'
import { searchStreamScenario } from '../scenarios.ts'

export default defineStreamRuleCheck({
  id: 'streaming/reports-hosted-tools-in-order',
  title: 'Hosted tools report their progress in order, up to its end',
  rules: ['hosted-phases'],
  covers: ['stream-hosted-tool-phases'],
  about: hasTypePrefix(
    'web_search_call',
    'file_search_call',
    'code_interpreter_call',
    'image_generation_call',
    'mcp_',
  ),

  mutants: [
    {
      story: 'completed is sent when the search begins',
      on: searchStreamScenario,
      reply: (reply) => delayEvents(reply, 'response.web_search_call.searching'),
    },
    {
      story: 'a search of the web is reported under the name of a search in files',
      on: searchStreamScenario,
      reply: (reply) =>
        changeEvents(reply, 'response.web_search_call.searching', (event) => ({
          ...event,
          type: 'response.file_search_call.searching',
        })),
    },
    {
      story: 'the end of a search is only told by its item',
      on: searchStreamScenario,
      reply: (reply) => renumberEvents(dropEvents(reply, 'response.web_search_call.completed')),
    },
  ],
})
