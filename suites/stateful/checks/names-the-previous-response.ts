import { defineCheck, mapResponse, verdictOf } from '../../../src/authoring/define.ts'
import { field, response, responseAt, responseId, show } from '../../../src/authoring/read.ts'
import type { Exchange, Finding, Json } from '../../../src/types/index.ts'
import { chainScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'stateful/names-the-previous-response',
  title: 'previous_response_id comes back, and is null on a fresh response',
  kind: 'wire',
  scenario: chainScenario,
  covers: ['state-previous-echo'],

  judge({ first, second, third }) {
    return verdictOf([
      ...told('first', first, null),
      ...told('second', second, responseId(first) ?? null),
      ...told('third', third, responseId(second) ?? null),
    ])
  },

  mutants: [
    {
      story: 'an adapter maps the stored thread to its own id and reports no previous response',
      reply: (reply) => mapResponse(reply, (body) => ({ ...body, previous_response_id: null })),
    },
    {
      story: 'a server stores the first response of a thread as its own predecessor',
      reply: (reply) =>
        mapResponse(reply, (body) =>
          body['previous_response_id'] === null
            ? { ...body, previous_response_id: body['id'] ?? null }
            : body,
        ),
    },
  ],
})

function told(step: string, exchange: Exchange, expected: Json): readonly Finding[] {
  const actual = field(response(exchange), '/previous_response_id')
  // A page that does not name the field promises nothing; its absence is the fields family's.
  if (actual === expected || (actual === undefined && expected === null)) return []
  const at = `${responseAt(exchange)}/previous_response_id`
  return [{ step, at, expected: show(expected), actual: show(actual) }]
}
