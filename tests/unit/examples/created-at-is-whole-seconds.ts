import { defineCheck, holds, mapResponse, violated } from '../../../src/authoring/define.ts'
import { response, responseAt, show } from '../../../src/authoring/read.ts'
import { textScenario } from '../../../suites/basic/scenarios.ts'

export default defineCheck({
  id: 'basic/created-at-is-whole-seconds',
  title: 'created_at is a Unix time in whole seconds',
  kind: 'wire',
  scenario: textScenario,
  covers: ['basic-created-at-seconds'],

  judge({ plain }) {
    const time = response(plain)?.['created_at']
    const at = `${responseAt(plain)}/created_at`
    if (!Number.isInteger(time)) {
      return violated({ step: 'plain', at, expected: 'an integer', actual: show(time) })
    }
    if (Number(time) > 1e11) {
      return violated({ step: 'plain', at, expected: 'seconds since 1970', actual: show(time) })
    }
    return holds
  },

  mutants: [
    {
      story: 'a gateway in Python answers with time.time()',
      reply: (reply) => mapResponse(reply, (body) => ({ ...body, created_at: 1767225600.5 })),
    },
    {
      story: 'a gateway in JavaScript answers with Date.now()',
      reply: (reply) => mapResponse(reply, (body) => ({ ...body, created_at: 1767225600000 })),
    },
  ],
})
