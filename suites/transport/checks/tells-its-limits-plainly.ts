import { defineCheck, notShown, verdictOf } from '../../../src/authoring/define.ts'
import type { EveryExchange } from '../../../src/types/index.ts'
import { textScenario } from '../../basic/scenarios.ts'

const NUMBER = /^\d+$/
const DURATION = /^(\d+(\.\d+)?(ms|s|m|h|d))+$/

export default defineCheck({
  id: 'transport/tells-its-limits-plainly',
  title: 'x-ratelimit headers hold integers, and durations such as 6m0s',
  kind: 'wire',
  scenario: 'every',
  covers: ['transport-rate-limit-headers'],

  judge({ exchange }: EveryExchange) {
    const limits = exchange.headers.flatMap(([name, value]) => {
      const match = /^x-ratelimit-(limit|remaining|reset)-(requests|tokens)$/i.exec(name)
      return match === null ? [] : [{ name, value, isReset: match[1]!.toLowerCase() === 'reset' }]
    })
    if (limits.length === 0) return notShown('no x-ratelimit headers')
    return verdictOf(
      limits
        .filter(({ value, isReset }) => !(isReset ? DURATION : NUMBER).test(value))
        .map(({ name, value, isReset }) => ({
          step: 'exchange',
          at: `header ${name.toLowerCase()}`,
          expected: isReset ? 'a duration such as 12ms or 6m0s' : 'an integer',
          actual: value,
        })),
    )
  },

  mutants: [
    {
      story: 'a gateway passes on its own idea of a limit',
      on: textScenario,
      reply: (reply) => ({
        ...reply,
        headers: { ...reply.headers, 'x-ratelimit-remaining-requests': 'unlimited' },
      }),
    },
  ],
})
