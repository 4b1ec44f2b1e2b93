import { defineCheck, mapResponse, verdictOf } from '../../../src/authoring/define.ts'
import { field, isObject, response, responseAt, show } from '../../../src/authoring/read.ts'
import { judgeAccepted, refuseParameter } from '../../common/refusals.ts'
import { looseScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'structured-output/strict-is-optional',
  title: 'strict may be left out or null, and is then false',
  kind: 'wire',
  scenario: looseScenario,
  covers: ['so-strict-default-false'],

  judge(exchanges) {
    for (const step of ['omitted', 'null'] as const) {
      const taken = judgeAccepted(step, exchanges[step])
      if (taken.kind !== 'holds') return taken
    }
    return verdictOf(
      (['omitted', 'null'] as const).flatMap((step) => {
        const strict = field(response(exchanges[step]), '/text/format/strict')
        const at = `${responseAt(exchanges[step])}/text/format/strict`
        return strict === false || strict === null || strict === undefined
          ? []
          : [{ step, at, expected: 'false', actual: show(strict) }]
      }),
    )
  },

  mutants: [
    {
      story: 'a strict schema for requests asks for strict',
      reply: (reply, { text }) =>
        text.includes('"json_schema"') ? refuseParameter(reply, 'text.format.strict') : reply,
    },
    {
      story: 'a gateway makes every schema strict',
      reply: (reply) =>
        mapResponse(reply, (response) =>
          isObject(response['text']) && isObject(response['text']['format'])
            ? { ...response, text: { format: { ...response['text']['format'], strict: true } } }
            : response,
        ),
    },
  ],
})
