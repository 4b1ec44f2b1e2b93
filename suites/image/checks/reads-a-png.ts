import { defineCheck } from '../../../src/authoring/define.ts'
import { judgeRecall } from '../../../src/authoring/code-word.ts'
import { dropImages } from '../mutants.ts'
import { pngImageScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'image/reads-a-png',
  title: 'The model sees a PNG that was sent as a data URL',
  kind: 'behavioural',
  scenario: pngImageScenario,
  covers: ['image-data-url-png'],

  judge: ({ ask }, { nonce }) => judgeRecall('ask', ask, nonce, 'that the picture shows'),

  mutants: [
    {
      story: 'an adapter passes on the text parts of a message and drops the pictures',
      request: (request) => dropImages(request),
    },
  ],
})
