import {
  defineCheck,
  holds,
  mapQuestion,
  mapResponse,
  verdictOf,
} from '../../../src/authoring/define.ts'
import { field, items, response, responseAt, show } from '../../../src/authoring/read.ts'
import { createUncalledFinding } from '../../common/answers.ts'
import { allowedToolsScenario, RECORD } from '../scenarios.ts'
import { reportIneffective } from '../../common/ineffective.ts'

export default defineCheck({
  id: 'tool/allowed-tools-are-a-limit',
  title: 'allowed_tools limits what can be called, and leaves the list of tools whole',
  kind: 'forced',
  scenario: allowedToolsScenario,
  covers: ['tool-allowed-tools', 'tool-allowed-tools-mode'],

  judge({ ask }) {
    const calls = items(ask, 'function_call')
    const at = responseAt(ask)
    const other = calls.find(({ name }) => name !== undefined && name !== RECORD)
    if (calls.length === 0)
      return reportIneffective(ask, '/tool_choice', createUncalledFinding('ask', ask))
    if (other !== undefined) {
      return reportIneffective(ask, '/tool_choice', {
        step: 'ask',
        at: `${at}/output`,
        expected: `a call of ${RECORD}, the only allowed tool`,
        actual: `a call of ${show(other['name'])}`,
      })
    }
    const tools = field(response(ask), '/tools')
    if (!Array.isArray(tools)) return holds
    const count = tools.length
    return verdictOf(
      count === 2
        ? []
        : [{ step: 'ask', at: `${at}/tools`, expected: 'both tools', actual: `${count}` }],
    )
  },

  mutants: [
    {
      story: 'a gateway without allowed_tools lets the model choose from all tools',
      request: (request) => mapQuestion(request, (body) => ({ ...body, tool_choice: 'auto' })),
    },
    {
      story: 'a gateway takes a choice that it does not know for none',
      request: (request) => mapQuestion(request, (body) => ({ ...body, tool_choice: 'none' })),
    },
    {
      story: 'a gateway forwards the allowed tools alone, and reports what it forwarded',
      reply: (reply) =>
        mapResponse(reply, (response) => ({
          ...response,
          tools: [{ type: 'function', name: RECORD }],
        })),
    },
  ],
})
