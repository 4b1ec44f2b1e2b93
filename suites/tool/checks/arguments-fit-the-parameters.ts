import { defineCheck, notShown, verdictOf } from '../../../src/authoring/define.ts'
import { validateValue } from '../../../src/schema/validate-model-output.ts'
import { isObject, items, parse, responseAt } from '../../../src/authoring/read.ts'
import { requestValueOf } from '../../common/answers.ts'
import { mapItems } from '../../common/mutants.ts'
import { requiredCallScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'tool/arguments-fit-the-parameters',
  title: 'The arguments of a strict function fit its parameters',
  kind: 'forced',
  scenario: requiredCallScenario,
  covers: ['tool-strict-arguments-conform'],

  judge({ ask }) {
    const schema = requestValueOf(ask, '/tools/0/parameters') ?? true
    const calls = items(ask).flatMap((item, index) => {
      const value = item['type'] === 'function_call' ? parse(item['arguments']) : undefined
      return isObject(value) ? [{ index, value }] : []
    })
    if (calls.length === 0) return notShown('there is no call with arguments in JSON')
    return verdictOf(
      calls.flatMap(({ index, value }) =>
        validateValue(value, schema).map((misfit) => ({
          ...misfit,
          step: 'ask',
          at: `${responseAt(ask)}/output/${index}/arguments${misfit.at}`,
        })),
      ),
    )
  },

  mutants: [
    {
      story: 'strict is dropped on the way, and the model fills in what it likes',
      reply: (reply) =>
        mapItems(reply, 'function_call', (item) => ({ ...item, arguments: '{"value":"four"}' })),
    },
  ],
})
