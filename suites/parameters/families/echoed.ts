import { defineCheck, defineFamily, mapResponse, verdictOf } from '../../../src/define.ts'
import { field, response, show } from '../../../src/read.ts'
import type { Check, Contract } from '../../../src/types.ts'
import { replaced } from '../../common/mutants.ts'
import { lacks } from '../../common/same.ts'
import { overshadowed } from '../blame.ts'
import { ALL_SPEAKING, speaking } from '../covering.ts'
import { settingsOf, type Setting, type Trial } from '../trials.ts'

/** What comes back is judged where tools are judged. */
const ELSEWHERE: readonly string[] = ['/tools', '/tool_choice']

export default defineFamily({
  id: 'parameters/echoed',
  title: 'Each parameter that the response has as well comes back as it was sent',
  covers: ['own-parameter-echoed', ...ALL_SPEAKING],
  cases: (contract) =>
    settingsOf(contract).flatMap((setting) =>
      setting.trials
        .filter(({ at }) => hasEcho(contract, at) && !ELSEWHERE.includes(at))
        .map((trial) => echoed(setting, trial)),
    ),
})

function hasEcho(contract: Contract, pointer: string): boolean {
  return contract.responseFields.some(({ at }) => at === pointer)
}

function echoed({ scenario, trials }: Setting, { at, name, value }: Trial): Check {
  const end = scenario.id.startsWith('parameters/highest') ? '-at-most' : ''
  return defineCheck({
    id: `parameters/echoed/${name}${end}`,
    title: `${name} comes back as ${show(value, 40)}`,
    kind: 'wire',
    scenario,
    covers: ['own-parameter-echoed', ...speaking(at)],

    judge({ ask }) {
      if (ask.status < 200 || ask.status > 299) return overshadowed(ask, trials)
      const actual = field(response(ask), at)
      // The tier that served a request may differ from the one that was asked for.
      const isKept =
        at === '/service_tier' ? typeof actual === 'string' && actual !== '' : !lacks(actual, value)
      const expected = at === '/service_tier' ? 'the name of a tier' : show(value)
      return verdictOf(isKept ? [] : [{ step: 'ask', at, expected, actual: show(actual) }])
    },

    mutant: {
      story: 'a server reports its own settings instead of those of the request',
      reply: (reply) => mapResponse(reply, (body) => replaced(body, at, null)),
    },
  })
}
