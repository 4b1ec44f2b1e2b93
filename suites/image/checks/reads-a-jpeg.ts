import { defineCheck } from '../../../src/authoring/define.ts'
import { judgeRecall } from '../../../src/authoring/code-word.ts'
import { dropImages } from '../mutants.ts'
import { jpegImageScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'image/reads-a-jpeg',
  title: 'The model sees a JPEG that was sent as a data URL',
  kind: 'behavioural',
  scenario: jpegImageScenario,
  covers: ['image-jpeg-webp-gif'],

  judge: ({ ask }, { nonce }) => judgeRecall('ask', ask, nonce, 'that the picture shows'),

  mutants: [
    {
      story: 'an adapter knows PNG only and drops every other picture',
      request: (request) => dropImages(request, 'data:image/jpeg'),
    },
  ],
})
