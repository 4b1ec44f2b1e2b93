import { allOf, defineCheck, holds, violated } from '../../../src/authoring/define.ts'
import { quoteReply } from '../../../src/authoring/judge-refusal.ts'
import type { Exchange, Judgement } from '../../../src/types/index.ts'
import { unknownRouteScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'errors/knows-its-routes',
  title: 'A method or a path that does not exist is a 404 or a 405',
  kind: 'wire',
  scenario: unknownRouteScenario,
  covers: ['error-unknown-route'],

  judge: ({ method, path }) =>
    allOf(isNoRoute('method', method, 'PATCH'), isNoRoute('path', path, '/responses/x/y/z')),

  mutants: [
    {
      story: 'a gateway answers every path below /responses with 200',
      reply: (reply) =>
        [404, 405].includes(reply.status)
          ? { ...reply, status: 200, body: { json: { ok: true } } }
          : reply,
    },
  ],
})

function isNoRoute(step: string, exchange: Exchange, what: string): Judgement {
  if (exchange.status === 404 || exchange.status === 405) return holds
  const expected = `404 or 405, because ${what} does not exist here`
  return violated({ step, at: 'status', expected, actual: quoteReply(exchange) })
}
