import { defineCheck, holds, notShown, violated } from '../../../src/authoring/define.ts'
import { field, response, responseAt, text } from '../../../src/authoring/read.ts'
import { textScenario } from '../../basic/scenarios.ts'
import { countNothing } from '../../common/mutants.ts'

export default defineCheck({
  id: 'usage/counts-the-question',
  title: 'A question in words has input tokens',
  kind: 'wire',
  scenario: textScenario,
  covers: ['usage-counts-the-question'],

  judge({ plain }) {
    const usage = field(response(plain), '/usage')
    const count = field(usage, '/input_tokens')
    if (typeof count !== 'number') return notShown('usage has no count of input tokens')
    if (field(response(plain), '/status') !== 'completed' || text(plain) === '') {
      return notShown('there is no completed answer')
    }
    const cached = field(usage, '/input_tokens_details/cached_tokens')
    if (count > 0 || (typeof cached === 'number' && cached > 0)) return holds
    return violated({
      step: 'plain',
      at: `${responseAt(plain)}/usage/input_tokens`,
      expected: 'more than 0, as the question has words',
      actual: String(count),
    })
  },

  mutants: [
    {
      story: 'a server fills in usage with zeros where its engine reports none',
      reply: countNothing,
    },
  ],
})
