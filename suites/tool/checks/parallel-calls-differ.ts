import { defineCheck, unsure, verdictOf } from '../../../src/authoring/define.ts'
import { items, responseAt, show } from '../../../src/authoring/read.ts'
import { mapItems } from '../../common/mutants.ts'
import { parallelCallsScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'tool/parallel-calls-differ',
  title: 'Calls that were asked for side by side differ in their arguments',
  kind: 'behavioural',
  scenario: parallelCallsScenario,
  covers: ['tool-parallel-true'],
  meter: false,

  judge({ ask }) {
    const calls = items(ask, 'function_call').filter(
      (call) => typeof call['arguments'] === 'string',
    )
    if (calls.length < 2) return unsure('model-declined', 'the model made a single call')
    const seen = calls.map((call) => show(call['arguments']))
    return verdictOf(
      calls
        .filter((call, index) => seen.indexOf(show(call['arguments'])) !== index)
        .map((call) => ({
          step: 'ask',
          at: `${responseAt(ask)}/output/${items(ask).indexOf(call)}/arguments`,
          expected: 'arguments that no other call has',
          actual: show(call['arguments']),
          by: 'word' as const,
        })),
    )
  },

  mutants: [
    {
      story: 'an adapter collects the arguments of all calls under the index of the first',
      reply: (reply) =>
        mapItems(reply, 'function_call', (item) => ({ ...item, arguments: '{"place":"harbour"}' })),
    },
  ],
})
