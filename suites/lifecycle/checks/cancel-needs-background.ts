import { defineCheck } from '../../../src/authoring/define.ts'
import { judgeRefusal } from '../../../src/authoring/judge-refusal.ts'
import { storedScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'lifecycle/cancel-needs-background',
  title: 'A response that does not run in the background cannot be cancelled',
  kind: 'wire',
  scenario: storedScenario,
  covers: ['state-cancel-foreground-400'],

  judge: ({ cancelled }) =>
    judgeRefusal('cancelled', cancelled, 'the response was not created with background true'),

  mutants: [
    {
      story: 'cancel answers 200 for every response, whatever it is',
      request: (request) =>
        request.path.endsWith('/cancel')
          ? { ...request, method: 'GET', path: request.path.replace(/\/cancel$/, '') }
          : request,
    },
  ],
})
