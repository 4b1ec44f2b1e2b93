import { defineCheck, mapJson, mapResponse, verdictOf } from '../../../src/authoring/define.ts'
import { field, response, responseAt, show } from '../../../src/authoring/read.ts'
import type { Finding, Json } from '../../../src/types/index.ts'
import { backgroundScenario } from '../background.ts'

export default defineCheck({
  id: 'lifecycle/background-returns-at-once',
  title: 'A background run answers at once, queued or in progress, without output',
  kind: 'wire',
  scenario: backgroundScenario,
  covers: ['bg-returns-immediately'],

  judge({ start }) {
    const findings = (
      key: string,
      expected: string,
      right: (value: Json | undefined) => boolean,
    ): readonly Finding[] => {
      const actual = field(response(start), key)
      if (right(actual)) return []
      return [{ step: 'start', at: responseAt(start) + key, expected, actual: show(actual) }]
    }
    return verdictOf([
      ...findings('/status', 'queued or in_progress', (value) =>
        ['queued', 'in_progress'].includes(String(value)),
      ),
      ...findings('/output', '[]', (value) => Array.isArray(value) && value.length === 0),
      ...findings('/background', 'true', (value) => value === true),
    ])
  },

  mutants: [
    {
      story: 'a gateway ignores background and lets the caller wait for the whole answer',
      reply: (reply, { method }) =>
        method === 'POST'
          ? mapJson(reply, (body) =>
              body['background'] === true
                ? { ...body, status: 'completed', output: [{ type: 'message' }] }
                : body,
            )
          : reply,
    },
    {
      story: 'an adapter queues a run and reports it as one in the foreground',
      reply: (reply, { method }) =>
        method === 'POST' ? mapResponse(reply, (body) => ({ ...body, background: false })) : reply,
    },
  ],
})
