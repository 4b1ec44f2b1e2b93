import { defineCheck, mapQuestion, notShown, holds } from '../../../src/authoring/define.ts'
import { field, response, show } from '../../../src/authoring/read.ts'
import { budgetsScenario } from '../../basic/scenarios.ts'
import { reportIneffective } from '../../common/ineffective.ts'

/** Of the second answer. */
const BUDGET = 4000

export default defineCheck({
  id: 'parameters/a-larger-budget-completes',
  title: 'What was cut at 16 tokens is completed with a larger max_output_tokens',
  kind: 'behavioural',
  scenario: budgetsScenario,
  covers: ['par-effect-max-output-tokens', 'own-parameter-effective'],

  judge({ capped, roomy }) {
    const [cut, whole] = [capped, roomy].map((exchange) => field(response(exchange), '/status'))
    if (cut !== 'incomplete') return notShown('the small budget did not cut the answer')
    if (whole === 'completed') return holds
    // The stream rules report a stream that ends badly.
    if (whole !== 'incomplete') return notShown('the larger budget was not what ended the answer')
    const spent = field(response(roomy), '/usage/output_tokens')
    if (typeof spent !== 'number') return notShown('nothing says how many tokens were spent')
    if (spent > BUDGET / 2) return notShown('the model went on until the larger budget cut it')
    return reportIneffective(roomy, '/max_output_tokens', {
      step: 'roomy',
      at: '/status',
      expected: '"completed", with a budget of 4000 tokens, of which few were spent',
      actual: show(whole),
    })
  },

  mutants: [
    {
      story: 'a gateway sets a budget of its own, whatever was asked for',
      request: (request) => mapQuestion(request, (body) => ({ ...body, max_output_tokens: 16 })),
    },
  ],
})
