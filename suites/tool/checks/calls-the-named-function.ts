import { defineCheck, mapQuestion, notShown, verdictOf } from '../../../src/authoring/define.ts'
import { items, responseAt, show } from '../../../src/authoring/read.ts'
import type { Finding } from '../../../src/types/index.ts'
import { createUncalledFinding } from '../../common/answers.ts'
import { mapItems } from '../../common/mutants.ts'
import { forcedCallScenario, RECORD } from '../scenarios.ts'
import { reportIneffective } from '../../common/ineffective.ts'

export default defineCheck({
  id: 'tool/calls-the-named-function',
  title: 'A tool_choice that names a function leads to a call of exactly that function',
  kind: 'forced',
  scenario: forcedCallScenario,
  covers: ['tool-forced-call', 'tool-flat-definition', 'own-parameter-effective'],

  judge({ ask }) {
    const calls = items(ask, 'function_call')
    const at = `${responseAt(ask)}/output`
    if (calls.length === 0) {
      if (items(ask).length === 0) return notShown('there is no output')
      return reportIneffective(ask, '/tool_choice', createUncalledFinding('ask', ask))
    }
    return verdictOf(
      calls
        .filter(({ name }) => name !== undefined && name !== RECORD)
        .map(({ name }): Finding => ({
          step: 'ask',
          at,
          expected: `a call of ${RECORD}`,
          actual: `a call of ${show(name)}`,
        })),
    )
  },

  mutants: [
    {
      story: 'a gateway turns every object in tool_choice into "required"',
      reply: (reply) => mapItems(reply, 'function_call', (item) => ({ ...item, name: 'look_up' })),
    },
    {
      story: 'a gateway takes a choice that it does not know for none',
      request: (request) => mapQuestion(request, (body) => ({ ...body, tool_choice: 'none' })),
    },
  ],
})
