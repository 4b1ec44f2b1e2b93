import { defineCheck } from '../../../src/authoring/define.ts'
import { judgeRefusal } from '../../../src/authoring/judge-refusal.ts'
import { dropImages } from '../mutants.ts'
import { brokenImagesScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'image/refuses-broken-base64',
  title: 'A data URL that cannot be decoded is refused',
  kind: 'wire',
  scenario: brokenImagesScenario,
  covers: ['image-bad-base64'],

  judge: ({ garbage }) => judgeRefusal('garbage', garbage, '"@@@@" is not base64'),

  mutants: [
    {
      story: 'a gateway leaves out pictures that it cannot decode and lets the model answer',
      request: (request) => dropImages(request, 'data:image/png;base64,@'),
    },
  ],
})
