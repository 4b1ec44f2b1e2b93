import { defineCheck, mapResponse, notShown, verdictOf } from '../../../src/authoring/define.ts'
import { response, responseAt, show } from '../../../src/authoring/read.ts'
import { isUnequal } from '../../common/json-contains.ts'
import { backgroundScenario } from '../background.ts'

/** What is settled when the run is begun. */
const SETTLED: readonly string[] = [
  'background',
  'created_at',
  'instructions',
  'max_output_tokens',
  'metadata',
  'model',
  'parallel_tool_calls',
  'previous_response_id',
  'prompt_cache_key',
  'safety_identifier',
  'store',
  'temperature',
  'text',
  'tool_choice',
  'tools',
  'top_p',
  'truncation',
]

export default defineCheck({
  id: 'lifecycle/keeps-what-it-echoes-while-queued',
  title: 'A background run begins with the parameters with which it ends',
  kind: 'wire',
  scenario: backgroundScenario,
  covers: ['bg-echoes-kept'],

  judge({ start, ended }) {
    const [begun, done] = [response(start), response(ended)]
    if (begun === undefined || done === undefined || begun['status'] === done['status'])
      return notShown('it was never seen queued or running')
    return verdictOf(
      SETTLED.flatMap((key) => {
        const [was, is] = [begun[key], done[key]]
        if (was === undefined || is === undefined || !isUnequal(was, is)) return []
        return [
          {
            step: 'start',
            at: `${responseAt(start)}/${key}`,
            expected: `${show(is)}, as when it has ended`,
            actual: show(was),
          },
        ]
      }),
    )
  },

  mutants: [
    {
      story: 'a server writes the parameters down when the run has begun',
      reply: (reply) =>
        mapResponse(reply, (body) =>
          body['status'] === 'queued' ? { ...body, temperature: 0, tool_choice: 'none' } : body,
        ),
    },
  ],
})
