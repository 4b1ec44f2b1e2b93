import { defineCheck } from '../../../src/authoring/define.ts'
import { recalls } from '../../../src/authoring/code-word.ts'
import { lose } from '../mutants.ts'
import { jpeg } from '../scenarios.ts'

export default defineCheck({
  id: 'image/reads-a-jpeg',
  title: 'The model sees a JPEG that was sent as a data URL',
  kind: 'behavioural',
  scenario: jpeg,
  covers: ['image-jpeg-webp-gif'],

  judge: ({ ask }, { nonce }) => recalls('ask', ask, nonce, 'that the picture shows'),

  mutants: [
    {
      story: 'an adapter knows PNG only and drops every other picture',
      request: (request) => lose(request, 'data:image/jpeg'),
    },
  ],
})
