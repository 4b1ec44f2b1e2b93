import { defineCheck, holds, notShown, violated } from '../../../src/authoring/define.ts'
import { hasHeaders, header, mediaType, show } from '../../../src/authoring/read.ts'
import type { EveryExchange } from '../../../src/types/index.ts'
import { invalidRequests } from '../invalid-requests.ts'
import { isOfAMissingRoute } from '../missing-route.ts'
import {
  invalidRequestScenarioOf,
  streamableInvalidRequests,
  streamedInvalidRequestScenarioOf,
} from '../scenarios.ts'

export default defineCheck({
  id: 'errors/is-json',
  title: 'An error is JSON, and labelled as JSON',
  kind: 'wire',
  scenario: 'every',
  covers: ['error-content-type-json'],

  judge({ exchange }: EveryExchange) {
    const { status, body } = exchange
    // What stands in front of a server that is down answers 502 to 504 in its own words.
    if (status < 400 || status > 501) return notShown('not an error of the API')
    if (isOfAMissingRoute(exchange)) return notShown('no such route, it seems')
    const isLabelled = mediaType(exchange) === 'application/json' || !hasHeaders(exchange)
    if (isLabelled && body.kind === 'json') return holds
    const text = body.kind === 'text' ? `: ${show(body.text)}` : ''
    return violated({
      step: 'exchange',
      at: 'header content-type',
      expected: 'application/json, with a JSON body',
      actual: `${header(exchange, 'content-type') ?? 'absent'}${text}`,
    })
  },

  mutants: [
    {
      story: 'a web framework answers what it did not foresee with a line of plain text',
      on: streamedInvalidRequestScenarioOf(streamableInvalidRequests[0]!),
      reply: (reply, { text }) =>
        reply.status >= 400 && !text.includes('"stream":true')
          ? {
              status: 500,
              headers: { 'content-type': 'text/plain; charset=utf-8' },
              body: { raw: 'Internal Server Error' },
            }
          : reply,
    },
    {
      story: 'the proxy in front answers errors with its own page',
      on: invalidRequestScenarioOf(invalidRequests[0]!),
      reply: (reply) =>
        reply.status >= 400
          ? {
              ...reply,
              headers: { ...reply.headers, 'content-type': 'text/html' },
              body: { raw: '<html><h1>Bad Request</h1></html>' },
            }
          : reply,
    },
  ],
})
