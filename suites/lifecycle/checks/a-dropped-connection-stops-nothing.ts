import { defineCheck, holds, mapJson, violated } from '../../../src/authoring/define.ts'
import { field, response, responseAt, show } from '../../../src/authoring/read.ts'
import { interruptedRunScenario } from '../background.ts'

export default defineCheck({
  id: 'lifecycle/a-dropped-connection-stops-nothing',
  title: 'A background run goes on when its stream is dropped',
  kind: 'wire',
  scenario: interruptedRunScenario,
  covers: ['bg-disconnect-continues'],

  judge({ ended }) {
    const status = field(response(ended), '/status')
    if (status === 'completed') return holds
    return violated({
      step: 'ended',
      at: `${responseAt(ended)}/status`,
      expected: 'completed, although the stream was dropped after its first events',
      actual: show(status),
    })
  },

  mutants: [
    {
      story: 'the generation hangs on the connection and is cancelled with it',
      reply: (reply, { method }) =>
        method === 'GET' ? mapJson(reply, (body) => ({ ...body, status: 'cancelled' })) : reply,
    },
  ],
})
