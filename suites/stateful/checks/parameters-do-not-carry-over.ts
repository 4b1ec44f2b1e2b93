import { defineCheck, mapBody, notShown, verdictOf } from '../../../src/authoring/define.ts'
import { field, response, responseAt, show } from '../../../src/authoring/read.ts'
import type { Finding, Json } from '../../../src/types/index.ts'
import { chainScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'stateful/parameters-do-not-carry-over',
  title: 'The parameters of the previous response are not carried over',
  kind: 'wire',
  scenario: chainScenario,
  covers: ['state-parameters-not-inherited'],

  judge({ second }) {
    const echo = response(second)
    if (!['/max_output_tokens', '/metadata'].some((at) => field(echo, at) !== undefined)) {
      return notShown('neither parameter is echoed')
    }
    const findings = (pointer: string, isDefault: (value: Json) => boolean): readonly Finding[] => {
      const actual = field(echo, pointer)
      if (actual === undefined || isDefault(actual)) return []
      const expected = 'the default, because this turn did not set it'
      return [{ step: 'second', at: responseAt(second) + pointer, expected, actual: show(actual) }]
    }
    return verdictOf([
      ...findings('/max_output_tokens', (value) => value !== 4000),
      ...findings('/metadata/turn', () => false),
    ])
  },

  mutants: [
    {
      story: 'a gateway merges each turn into the parameters of the turn before',
      request: (request) =>
        mapBody(request, (body) => ({
          max_output_tokens: 4000,
          metadata: { turn: 'first' },
          ...body,
        })),
    },
  ],
})
