import { defineCheck, notShown, verdictOf } from '../../../src/authoring/define.ts'
import { hasHeaders, header, isStream, mediaType, sent, show } from '../../../src/authoring/read.ts'
import type { EveryExchange, Finding, JsonObject } from '../../../src/types/index.ts'
import { textStreamScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'streaming/answers-with-a-stream',
  title: 'stream: true is answered with status 200 and an event stream, declared as such',
  kind: 'wire',
  scenario: 'every',
  covers: ['stream-content-type'],
  promises: ['stream sse'],

  judge({ exchange }: EveryExchange) {
    const { request, status } = exchange
    if (request.operation !== 'create' || request.transport === 'websocket')
      return notShown('no HTTP')
    if (sent(exchange)?.['stream'] !== true) return notShown('no stream was asked for')
    if (exchange.unrecorded?.includes('status') === true)
      return notShown('recorded without a status')
    if (status < 200 || status > 299) return notShown('the request was not accepted')
    const findings: Finding[] = []
    const wrong = (at: string, expected: string, actual: string): void => {
      const kind = at === 'status' ? undefined : ('label' as const)
      findings.push({ step: 'exchange', at, expected, actual, ...(kind && { kind }) })
    }
    if (!isStream(exchange)) {
      wrong(
        'framing',
        'an event stream, as was asked for',
        `a body of ${show(mediaType(exchange))}`,
      )
    } else if (hasHeaders(exchange) && mediaType(exchange) !== 'text/event-stream') {
      wrong('header content-type', 'text/event-stream', show(header(exchange, 'content-type')))
    }
    if (status !== 200) wrong('status', '200', String(status))
    return verdictOf(findings)
  },

  mutants: [
    {
      story: 'a gateway does not know stream and answers at a stroke',
      on: textStreamScenario,
      reply: (reply) => {
        if (!('events' in reply.body)) return reply
        const end = reply.body.events.findLast(
          (event): event is JsonObject => typeof event !== 'string',
        )
        return { ...reply, body: { json: end?.['response'] ?? null } }
      },
    },
    {
      story: 'a proxy labels every answer as JSON',
      on: textStreamScenario,
      reply: (reply) =>
        'events' in reply.body
          ? { ...reply, headers: { ...reply.headers, 'content-type': 'application/json' } }
          : reply,
    },
    {
      story: 'a queue accepts every request with 202',
      on: textStreamScenario,
      reply: (reply) => (reply.status === 200 ? { ...reply, status: 202 } : reply),
    },
  ],
})
