import { defineCheck } from '../../../src/authoring/define.ts'
import { judgeEachRecall } from '../../../src/authoring/code-word.ts'
import { dropImages } from '../mutants.ts'
import { countedImageScenario, pictureWordsOf } from '../scenarios.ts'

export default defineCheck({
  id: 'image/reads-a-jpeg',
  title: 'The model sees a JPEG that was sent as a data URL',
  kind: 'behavioural',
  scenario: countedImageScenario,
  covers: ['image-jpeg-webp-gif'],
  // Of two pictures the count does not tell which was left out.
  meter: false,

  judge: ({ two }, { nonce }) =>
    judgeEachRecall('two', two, { second: pictureWordsOf(nonce)[1] }, 'that the picture shows'),

  mutants: [
    {
      story: 'an adapter knows PNG only and drops every other picture',
      request: (request) => dropImages(request, 'data:image/jpeg'),
    },
  ],
})
