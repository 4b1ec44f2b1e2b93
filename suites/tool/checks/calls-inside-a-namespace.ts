import {
  defineCheck,
  holds,
  mapBody,
  unsure,
  violated,
  without,
} from '../../../src/authoring/define.ts'
import { items, responseAt, show } from '../../../src/authoring/read.ts'
import type { Json } from '../../../src/types/index.ts'
import { createUncalledFinding } from '../../common/answers.ts'
import { reportIneffective } from '../../common/ineffective.ts'
import { mapItems } from '../../common/mutants.ts'
import { NAMESPACE, namespaceScenario } from '../namespaces.ts'

export default defineCheck({
  id: 'tool/calls-inside-a-namespace',
  title: 'A function of a namespace is called, and its call names the namespace',
  kind: 'forced',
  scenario: namespaceScenario,
  covers: ['tool-namespace'],

  judge({ plain, ask }) {
    const call = items(ask, 'function_call')[0]
    if (call === undefined && items(plain, 'function_call').length === 0)
      return unsure('prerequisite', 'a function without a namespace is not called either')
    if (call === undefined)
      return reportIneffective(ask, '/tools', {
        ...createUncalledFinding('ask', ask),
        about: ['/tools/*/type', '/tool_choice'],
      })
    const { namespace } = call
    if (namespace === NAMESPACE) return holds
    const at = `${responseAt(ask)}/output/${items(ask).indexOf(call)}/namespace`
    return violated({ step: 'ask', at, expected: show(NAMESPACE), actual: show(namespace) })
  },

  mutants: [
    {
      story: 'an adapter skips every tool that is no function, and with the last one the choice',
      request: (request) =>
        mapBody(request, (body) => {
          const tools = Array.isArray(body['tools']) ? (body['tools'] as readonly Json[]) : []
          return JSON.stringify(tools).includes('"namespace"')
            ? without(body, 'tools', 'tool_choice')
            : body
        }),
    },
    {
      story: 'an adapter flattens namespaces, and does not find its way back',
      reply: (reply) => mapItems(reply, 'function_call', (item) => without(item, 'namespace')),
    },
  ],
})
