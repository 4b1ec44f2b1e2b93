import { defineCheck, holds, notShown, violated } from '../../../src/authoring/define.ts'
import { field, response } from '../../../src/authoring/read.ts'
import { mapUsage } from '../../common/mutants.ts'
import { longerInputScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'usage/grows-with-the-input',
  title: 'A longer question costs more input tokens',
  kind: 'wire',
  scenario: longerInputScenario,
  covers: ['usage-scales-with-input'],

  judge({ short, long }) {
    const [less, more] = [short, long].map((exchange) =>
      field(response(exchange), '/usage/input_tokens'),
    )
    if (typeof less !== 'number' || typeof more !== 'number') return notShown('usage has no counts')
    if (more > less) return holds
    return violated({
      step: 'long',
      at: '/usage/input_tokens',
      expected: `more than ${less}, the cost of the short question`,
      actual: String(more),
    })
  },

  mutants: [
    {
      story: 'a gateway reports a flat number',
      reply: (reply) =>
        mapUsage(reply, (usage) => ({ ...usage, input_tokens: 10, total_tokens: 12 })),
    },
  ],
})
