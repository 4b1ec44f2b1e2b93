import { lawCheck, speaksOf } from '../stream-rule-check.ts'
import { delaying } from '../mutants.ts'
import { search } from '../scenarios.ts'

export default lawCheck({
  id: 'streaming/reports-hosted-tools-in-order',
  title: 'Hosted tools report their progress in order, up to its end',
  laws: ['hosted-phases'],
  covers: ['stream-hosted-tool-phases'],
  about: speaksOf(
    'web_search_call',
    'file_search_call',
    'code_interpreter_call',
    'image_generation_call',
    'mcp_',
  ),

  mutants: [
    {
      story: 'completed is sent when the search begins',
      on: search,
      reply: (reply) => delaying(reply, 'response.web_search_call.searching'),
    },
  ],
})
