import {
  allOf,
  defineCheck,
  holds,
  mapJson,
  notShown,
  violated,
} from '../../../src/authoring/define.ts'
import { field, response, responseAt, show } from '../../../src/authoring/read.ts'
import type { Exchange, Judgement } from '../../../src/types/index.ts'
import { abortedRunScenario } from '../background.ts'

export default defineCheck({
  id: 'lifecycle/cancels',
  title: 'A cancelled background run is cancelled, and stays so',
  kind: 'wire',
  scenario: abortedRunScenario,
  covers: ['bg-cancel'],

  judge({ cancelled, later }) {
    const status = field(response(cancelled), '/status')
    if (['completed', 'incomplete', 'failed'].includes(String(status)))
      return notShown('the run had ended before it was cancelled')
    return allOf(isCancelled('cancelled', cancelled), isCancelled('later', later))
  },

  mutants: [
    {
      story: 'cancel stops the client and lets the worker finish',
      reply: (reply, { method }) =>
        method === 'GET' ? mapJson(reply, (body) => ({ ...body, status: 'completed' })) : reply,
    },
    {
      story: 'cancel answers with the run as it was before',
      reply: (reply, { path }) =>
        path.endsWith('/cancel')
          ? mapJson(reply, (body) => ({ ...body, status: 'in_progress' }))
          : reply,
    },
  ],
})

function isCancelled(step: string, exchange: Exchange): Judgement {
  const status = field(response(exchange), '/status')
  if (status === 'cancelled') return holds
  const at = `${responseAt(exchange)}/status`
  return violated({ step, at, expected: 'cancelled', actual: show(status) })
}
