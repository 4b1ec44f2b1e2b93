import { defineCheck, notShown, verdictOf } from '../../../src/authoring/define.ts'
import { isObject, items, parse, responseAt, show } from '../../../src/authoring/read.ts'
import { mapItems } from '../../common/mutants.ts'
import { judgeAccepted, refuseParameter } from '../../common/refusals.ts'
import { noParametersScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'tool/no-parameters-means-an-empty-object',
  title: 'A function without parameters can be called, with {} as its arguments',
  kind: 'forced',
  scenario: noParametersScenario,
  covers: ['tool-no-parameters'],

  judge({ ask }) {
    const taken = judgeAccepted('ask', ask)
    if (taken.kind !== 'holds') return taken
    const call = items(ask, 'function_call')[0]
    if (call === undefined || call['arguments'] === undefined) {
      return notShown('there is no call with arguments')
    }
    const value = parse(call['arguments'])
    const isEmpty = isObject(value) && Object.keys(value).length === 0
    const at = `${responseAt(ask)}/output/${items(ask).indexOf(call)}/arguments`
    return verdictOf(
      isEmpty ? [] : [{ step: 'ask', at, expected: '"{}"', actual: show(call['arguments']) }],
    )
  },

  mutants: [
    {
      story: 'an adapter hands through the empty arguments of its upstream',
      reply: (reply) => mapItems(reply, 'function_call', (item) => ({ ...item, arguments: '' })),
    },
    {
      story: 'a strict schema of requests asks every function for parameters',
      reply: (reply, { text }) =>
        text.includes('"tools"') ? refuseParameter(reply, 'tools[0].parameters') : reply,
    },
  ],
})
