import {
  defineCheck,
  mapResponse,
  notShown,
  verdictOf,
  without,
} from '../../../src/authoring/define.ts'
import { field, isObject, response, responseAt, show } from '../../../src/authoring/read.ts'
import type { Json } from '../../../src/types/index.ts'
import { offeredToolScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'tool/strict-is-reported',
  title: 'A function sent without strict comes back with the value that holds for it',
  kind: 'wire',
  scenario: offeredToolScenario,
  covers: ['tool-strict-omitted'],
  only: ['openai'],

  judge({ ask }) {
    const tool = field(response(ask), '/tools/0')
    if (!isObject(tool)) return notShown('the tool is not echoed')
    const { strict } = tool
    const at = `${responseAt(ask)}/tools/0/strict`
    return verdictOf(
      typeof strict === 'boolean'
        ? []
        : [{ step: 'ask', at, expected: 'true or false', actual: show(strict) }],
    )
  },

  mutants: [
    {
      story: 'a server echoes the tools as it was sent them',
      reply: (reply) =>
        mapResponse(reply, (response) => ({
          ...response,
          tools: (Array.isArray(response['tools'])
            ? (response['tools'] as readonly Json[])
            : []
          ).map((tool) => (isObject(tool) ? without(tool, 'strict') : tool)),
        })),
    },
  ],
})
