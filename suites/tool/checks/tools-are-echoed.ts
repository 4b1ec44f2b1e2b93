import { defineCheck, mapResponse, without } from '../../../src/authoring/define.ts'
import { isObject, show } from '../../../src/authoring/read.ts'
import type { EveryExchange, Finding, Json, JsonObject } from '../../../src/types/index.ts'
import { requestValueOf, createFinding, judgeAnswer, isKnownField } from '../../common/answers.ts'
import { isPartMissing } from '../../common/json-contains.ts'
import { offeredToolScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'tool/tools-are-echoed',
  title: 'Each function comes back with its type, name, description and parameters',
  kind: 'wire',
  scenario: 'every',
  covers: ['tool-tools-echo'],
  documents: true,

  judge({ exchange }: EveryExchange, context) {
    const sent = requestValueOf(exchange, '/tools')
    return judgeAnswer(exchange, ({ response, at }) => {
      if (!Array.isArray(sent) || !sent.every(isPlain)) return 'not only functions were sent'
      if (sent.length === 0) return 'no tools were sent'
      if (!isKnownField(context, '/tools')) return 'the documents name no tools in the response'
      const { tools } = response
      if (tools === undefined) return 'there are no tools in the response'
      if (!Array.isArray(tools)) {
        return [
          createFinding(`${at}/tools`, `the ${sent.length} tools that were sent`, show(tools)),
        ]
      }
      return sent.flatMap((tool) => echo(tool, tools, `${at}/tools`))
    })
  },

  mutants: [
    {
      story: 'a gateway reports the tools in the form of its upstream',
      on: offeredToolScenario,
      reply: (reply) =>
        mapResponse(reply, (response) => ({
          ...response,
          tools: [{ type: 'function', function: { name: 'a_function_name' } }],
        })),
    },
    {
      story: 'a gateway keeps what it was sent to itself, and reports null',
      on: offeredToolScenario,
      reply: (reply) => mapResponse(reply, (response) => ({ ...response, tools: null })),
    },
    {
      story: 'a gateway reports the names of the tools alone',
      on: offeredToolScenario,
      reply: (reply) =>
        mapResponse(reply, ({ tools, ...response }) => ({
          ...response,
          tools: (Array.isArray(tools) ? (tools as readonly Json[]) : [])
            .filter(isObject)
            .map((tool) => without(tool, 'parameters')),
        })),
    },
  ],
})

/** Without `strict`, a server may make the schema strict, and reports what it made of it. */
function isNormalised(sent: JsonObject, echoed: JsonObject): boolean {
  return (
    (sent['strict'] ?? null) === null &&
    echoed['strict'] === true &&
    isObject(echoed['parameters'] ?? null)
  )
}

/** Deferred functions and hosted tools come back in other places, and with settings filled in. */
function isPlain(tool: Json): tool is JsonObject {
  return isObject(tool) && tool['type'] === 'function' && tool['defer_loading'] !== true
}

function echo(sent: JsonObject, tools: readonly Json[], at: string): readonly Finding[] {
  const name = sent['name'] ?? null
  const index = tools.findIndex((tool) => isObject(tool) && tool['name'] === name)
  const echoed = tools[index]
  if (!isObject(echoed)) return [createFinding(at, `the function ${show(name)}`, show(tools))]
  return ['type', 'description', 'parameters'].flatMap((key) => {
    // An empty description is none; parameters that were left out may be written out.
    const wanted = sent[key] === '' ? null : (sent[key] ?? null)
    if (key === 'parameters' && (wanted === null || isNormalised(sent, echoed))) return []
    const actual = echoed[key] === '' ? null : (echoed[key] ?? null)
    return isPartMissing(actual, wanted)
      ? [createFinding(`${at}/${index}/${key}`, show(wanted), show(echoed[key]))]
      : []
  })
}
