import { defineCheck, mapResponse, verdictOf } from '../../../src/authoring/define.ts'
import { field, response, responseAt, responseId, show } from '../../../src/authoring/read.ts'
import type { Finding, Json } from '../../../src/types/index.ts'
import { backgroundScenario } from '../background.ts'

export default defineCheck({
  id: 'lifecycle/background-comes-to-an-end',
  title: 'A polled background run completes under its id, with its output',
  kind: 'wire',
  scenario: backgroundScenario,
  covers: ['bg-poll-to-terminal', 'state-retrieve-equal'],

  judge({ start, ended }) {
    const findings = (
      key: string,
      expected: string,
      right: (value: Json | undefined) => boolean,
    ): readonly Finding[] => {
      const actual = field(response(ended), key)
      if (right(actual)) return []
      return [
        {
          step: 'ended',
          at: responseAt(ended) + key,
          expected,
          actual: show(actual),
          requirement: key === '/id' ? 'state-retrieve-equal' : 'bg-poll-to-terminal',
        },
      ]
    }
    return verdictOf([
      ...findings('/id', show(responseId(start)), (value) => value === responseId(start)),
      ...findings('/status', 'completed', (value) => value === 'completed'),
      ...findings(
        '/output',
        'a list with the answer',
        (value) => Array.isArray(value) && value.length > 0,
      ),
    ])
  },

  mutants: [
    {
      story: 'a worker stores what it wrote under an id of its own',
      reply: (reply, { method }) =>
        method === 'GET' ? mapResponse(reply, (body) => ({ ...body, id: 'resp_0' })) : reply,
    },
    {
      story: 'a worker ends every run as incomplete',
      reply: (reply, { method }) =>
        method === 'GET'
          ? mapResponse(reply, (body) =>
              body['status'] === 'completed' ? { ...body, status: 'incomplete' } : body,
            )
          : reply,
    },
    {
      story: 'a worker stores the envelope of a response and not what the model said',
      reply: (reply, { method }) =>
        method === 'GET' ? mapResponse(reply, (body) => ({ ...body, output: [] })) : reply,
    },
  ],
})
