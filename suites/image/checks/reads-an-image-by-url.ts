import { defineCheck } from '../../../src/authoring/define.ts'
import { recalls } from '../../../src/authoring/code-word.ts'
import { lose } from '../mutants.ts'
import { byUrl } from '../scenarios.ts'

export default defineCheck({
  id: 'image/reads-an-image-by-url',
  title: 'The model sees a picture that the provider fetches',
  kind: 'behavioural',
  scenario: byUrl,
  covers: ['image-https-url'],

  judge({ ask }, { fetched, nonce }) {
    return recalls('ask', ask, fetched?.image ?? nonce, 'in the picture behind the address')
  },

  mutant: {
    story: 'an adapter passes on data URLs and drops pictures that it would have to fetch',
    request: (request) => lose(request, 'http'),
  },
})
