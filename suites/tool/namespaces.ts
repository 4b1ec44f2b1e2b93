// Functions that stand in a namespace.

import { defineScenario } from '../../src/authoring/define.ts'
import { buildHandler, buildOffer, buildRecorder, RECORD, requireCall } from './scenarios.ts'

export const NAMESPACE = 'parcels'

/** A call is forced of a plain function as well: who drops the choice says nothing of namespaces. */
export const namespaceScenario = defineScenario<'plain' | 'ask'>({
  id: 'tool/namespace',
  title: 'One function, in a namespace, with a tool call required',
  apiPaths: ['request /tools/*/type = namespace'],
  tier: 'feature',
  steps: {
    plain: { ...buildOffer(requireCall), expect: 'either' },
    ask: buildOffer((builder) => ({
      prompt: `Call ${RECORD}.`,
      tools: [
        {
          type: 'namespace',
          name: NAMESPACE,
          description: 'What is done with parcels.',
          tools: [buildRecorder(builder)],
        },
      ],
      tool_choice: 'required',
    })),
  },
})

/** As a client sends it that lets the model search for tools, and has found one in a namespace. */
export const searchedScenario = defineScenario<'ask'>({
  id: 'tool/searched',
  title: 'A history with a tool search and a call inside a namespace',
  apiPaths: ['request /input/*/type = tool_search_output', 'request /input/*/namespace'],
  tier: 'feature',
  steps: {
    ask: {
      request: (builder) => {
        const call = { call_id: 'call_search', execution: 'client', status: 'completed' }
        const found = {
          type: 'namespace',
          name: NAMESPACE,
          description: 'What is done with parcels.',
          tools: [buildHandler('weigh', {})],
        }
        return builder.create({
          input: [
            builder.message('user', 'Weigh the parcel.'),
            { type: 'tool_search_call', arguments: { query: 'weigh' }, ...call },
            { type: 'tool_search_output', tools: [found], ...call },
            {
              type: 'function_call',
              call_id: 'call_weigh',
              name: 'weigh',
              namespace: NAMESPACE,
              arguments: '{}',
            },
            { type: 'function_call_output', call_id: 'call_weigh', output: '3 kg' },
            builder.message('user', 'Reply with the single word: ready.'),
          ],
        })
      },
      expect: 'either',
    },
  },
})
