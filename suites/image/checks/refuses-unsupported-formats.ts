import { defineCheck } from '../../../src/authoring/define.ts'
import { judgeRefusal } from '../../../src/authoring/judge-refusal.ts'
import { dropImages } from '../mutants.ts'
import { brokenImagesScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'image/refuses-unsupported-formats',
  title: 'A picture in a format that the API does not know is refused',
  kind: 'wire',
  scenario: brokenImagesScenario,
  covers: ['image-unsupported-media'],

  judge: ({ bitmap }) => judgeRefusal('bitmap', bitmap, 'image/bmp is not a supported format'),

  mutants: [
    {
      story: 'a gateway leaves out pictures of a kind that it does not know',
      request: (request) => dropImages(request, 'data:image/bmp'),
    },
  ],
})
