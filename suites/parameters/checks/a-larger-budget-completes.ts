import { defineCheck, mapBody, notShown, holds } from '../../../src/authoring/define.ts'
import { field, response, show } from '../../../src/authoring/read.ts'
import { budgetsScenario } from '../../basic/scenarios.ts'
import { reportIneffective } from '../../common/ineffective.ts'

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
    // A stream that ends badly is told by the laws of streams.
    if (whole !== 'incomplete') return notShown('the larger budget was not what ended the answer')
    return reportIneffective(roomy, '/max_output_tokens', {
      step: 'roomy',
      at: '/status',
      expected: '"completed", with a budget of 4000 tokens',
      actual: show(whole),
    })
  },

  mutant: {
    story: 'a gateway sets a budget of its own, whatever was asked for',
    request: (request) => mapBody(request, (body) => ({ ...body, max_output_tokens: 16 })),
  },
})
