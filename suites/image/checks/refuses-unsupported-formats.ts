import { defineCheck } from '../../../src/authoring/define.ts'
import { refuses } from '../../../src/authoring/refusal.ts'
import { lose } from '../mutants.ts'
import { broken } from '../scenarios.ts'

export default defineCheck({
  id: 'image/refuses-unsupported-formats',
  title: 'A picture in a format that the API does not know is refused',
  kind: 'wire',
  scenario: broken,
  covers: ['image-unsupported-media'],

  judge: ({ bitmap }) => refuses('bitmap', bitmap, 'image/bmp is not a supported format'),

  mutants: [
    {
      story: 'a gateway leaves out pictures of a kind that it does not know',
      request: (request) => lose(request, 'data:image/bmp'),
    },
  ],
})
