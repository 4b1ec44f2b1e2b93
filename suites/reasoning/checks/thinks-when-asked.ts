import { defineCheck, holds, violated } from '../../../src/authoring/define.ts'
import { field, items, response, responseAt } from '../../../src/authoring/read.ts'
import { mapUsage } from '../../common/mutants.ts'
import { removeItems } from '../../streaming/mutants.ts'
import { replayedReasoningScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'reasoning/thinks-when-asked',
  title:
    'A reasoning model that is asked for much effort puts out a reasoning item, or counts its thoughts',
  kind: 'behavioural',
  scenario: replayedReasoningScenario,
  covers: ['rs-item-present'],

  judge({ call }) {
    const count = field(response(call), '/usage/output_tokens_details/reasoning_tokens')
    if (items(call, 'reasoning').length > 0 || Number(count) > 0) return holds
    return violated({
      step: 'call',
      at: `${responseAt(call)}/output`,
      kind: 'no-effect',
      about: ['/reasoning/effort'],
      expected: 'a reasoning item, or reasoning_tokens above 0, with effort high',
      actual: 'neither',
    })
  },

  mutants: [
    {
      story: 'a gateway drops the thoughts of its upstream, and their count',
      reply: (reply) =>
        mapUsage(
          removeItems(reply, ({ type }) => type === 'reasoning'),
          (usage) => ({ ...usage, output_tokens_details: { reasoning_tokens: 0 } }),
        ),
    },
  ],
})
