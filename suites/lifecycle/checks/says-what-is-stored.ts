import { defineCheck, mapResponse, notShown, verdictOf } from '../../../src/authoring/define.ts'
import { field, response, responseAt, show } from '../../../src/authoring/read.ts'
import type { Exchange, Finding } from '../../../src/types/index.ts'
import { storedScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'lifecycle/says-what-is-stored',
  title: 'A response says whether it is stored',
  kind: 'wire',
  scenario: storedScenario,
  covers: ['state-store-echo'],

  judge({ create, unstored }) {
    const findings = (step: string, exchange: Exchange, expected: boolean): readonly Finding[] => {
      const actual = field(response(exchange), '/store')
      if (actual === undefined || actual === expected) return []
      const at = `${responseAt(exchange)}/store`
      return [{ step, at, expected: String(expected), actual: show(actual) }]
    }
    const said = [create, unstored].some((one) => field(response(one), '/store') !== undefined)
    if (!said) return notShown('the responses do not say whether they are stored')
    return verdictOf([
      ...findings('create', create, true),
      ...findings('unstored', unstored, false),
    ])
  },

  mutants: [
    {
      story: 'an adapter fills in the default instead of what it was asked',
      reply: (reply) => mapResponse(reply, (body) => ({ ...body, store: true })),
    },
    {
      story: 'a gateway stores by itself, and reports what it asks of its upstream',
      reply: (reply) => mapResponse(reply, (body) => ({ ...body, store: false })),
    },
  ],
})
