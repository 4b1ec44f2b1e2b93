import { defineCheck, mapJson, verdictOf } from '../../../src/authoring/define.ts'
import { field, isObject, show } from '../../../src/authoring/read.ts'
import type { Finding, Json } from '../../../src/types/index.ts'
import { modelsScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'lifecycle/lists-the-model',
  title: 'The list of models is a list of objects with an id and the time of creation',
  kind: 'wire',
  scenario: modelsScenario,
  covers: ['misc-models-list'],

  judge({ list: { body } }) {
    const value = body.kind === 'json' ? body.value : undefined
    const findings: Finding[] = []
    const expect = (at: string, right: boolean, expected: string): void => {
      const actual = show(field(value, at))
      if (!right) findings.push({ step: 'list', at, expected, actual })
    }
    expect('/object', field(value, '/object') === 'list', '"list"')
    const data = field(value, '/data')
    expect('/data', Array.isArray(data) && data.length > 0, 'a list with at least one model')
    for (const [index, model] of (Array.isArray(data) ? (data as readonly Json[]) : []).entries()) {
      const named =
        isObject(model) && typeof model['id'] === 'string' && model['object'] === 'model'
      expect(`/data/${index}`, named, 'an object with a string id and object "model"')
      const created = `/data/${index}/created`
      expect(created, Number.isInteger(field(value, created)), 'an integer, Unix time in seconds')
      if (findings.length > 2) break
    }
    return verdictOf(findings)
  },

  mutants: [
    {
      story: 'a gateway lists the names of its channels as plain strings',
      reply: (reply, { path }) =>
        path === '/models' ? mapJson(reply, (body) => ({ ...body, data: ['gpt'] })) : reply,
    },
  ],
})
