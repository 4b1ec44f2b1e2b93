import { defineCheck, mapJson, notShown, verdictOf } from '../../../src/authoring/define.ts'
import { backgroundScenario } from '../background.ts'
import { compareStored } from '../stored-response.ts'

export default defineCheck({
  id: 'lifecycle/cancelling-the-finished-changes-nothing',
  title: 'Cancelling a background run that has completed returns it unchanged',
  kind: 'wire',
  scenario: backgroundScenario,
  covers: ['bg-cancel-finished-unchanged'],

  judge: ({ ended, cancelled }) =>
    cancelled.status < 400
      ? verdictOf(compareStored('cancelled', ended, cancelled))
      : notShown('what has ended cannot be cancelled here'),

  mutants: [
    {
      story: 'cancel marks whatever it is given as cancelled',
      reply: (reply, { path }) =>
        path.endsWith('/cancel')
          ? mapJson(reply, (body) => ({ ...body, status: 'cancelled' }))
          : reply,
    },
  ],
})
