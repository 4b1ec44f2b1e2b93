import { defineCheck } from '../../../src/authoring/define.ts'
import { judgeRecall } from '../../../src/authoring/code-word.ts'
import { dropImages } from '../mutants.ts'
import { imageByUrlScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'image/reads-an-image-by-url',
  title: 'The model sees a picture that the provider fetches',
  kind: 'behavioural',
  scenario: imageByUrlScenario,
  covers: ['image-https-url'],

  judge({ ask }, { fetched, nonce }) {
    return judgeRecall('ask', ask, fetched?.image ?? nonce, 'in the picture behind the address')
  },

  mutants: [
    {
      story: 'an adapter passes on data URLs and drops pictures that it would have to fetch',
      request: (request) => dropImages(request, 'http'),
    },
  ],
})
