import { defineCheck, mapResponse } from '../../../src/define.ts'
import { isObject, show, token } from '../../../src/read.ts'
import type { EveryExchange, Finding, Json } from '../../../src/types.ts'
import { asked, finding, judgeAnswer, knows } from '../../common/answers.ts'
import { lacks } from '../../common/same.ts'
import { offered } from '../scenarios.ts'

export default defineCheck({
  id: 'tool/tools-are-echoed',
  title: 'Each function comes back with its type, name, description and parameters',
  kind: 'wire',
  scenario: 'every',
  covers: ['tool-tools-echo'],
  documents: true,

  judge({ exchange }: EveryExchange, context) {
    const sent = asked(exchange, '/tools')
    return judgeAnswer(exchange, ({ response, at }) => {
      if (!Array.isArray(sent) || sent.length === 0) return 'no tools were sent'
      if (!knows(context, '/tools')) return 'the documents name no tools in the response'
      const { tools } = response
      if (!Array.isArray(tools) || tools.length !== sent.length) {
        return [finding(`${at}/tools`, `the ${sent.length} tools that were sent`, show(tools))]
      }
      return (sent as readonly Json[]).flatMap((tool, index) =>
        echo(tool, tools[index] as Json, `${at}/tools/${index}`),
      )
    })
  },

  mutant: {
    story: 'a gateway reports the tools in the form of its upstream',
    on: offered,
    reply: (reply) =>
      mapResponse(reply, (response) => ({
        ...response,
        tools: [{ type: 'function', function: { name: 'a_function_name' } }],
      })),
  },
})

function echo(sent: Json, echoed: Json, at: string): readonly Finding[] {
  // Hosted tools come back under dated names and with settings filled in.
  if (!isObject(sent) || sent['type'] !== 'function' || !isObject(echoed)) return []
  return ['type', 'name', 'description', 'parameters'].flatMap((key) => {
    const wanted = sent[key] ?? null
    const actual = echoed[key] ?? null
    // A server may write out the parameters that were left out.
    if (key === 'parameters' && wanted === null) return []
    return lacks(actual, wanted)
      ? [finding(`${at}/${token(key)}`, show(wanted), show(echoed[key]))]
      : []
  })
}
