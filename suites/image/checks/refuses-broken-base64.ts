import { defineCheck } from '../../../src/authoring/define.ts'
import { refuses } from '../../../src/authoring/refusal.ts'
import { lose } from '../mutants.ts'
import { broken } from '../scenarios.ts'

export default defineCheck({
  id: 'image/refuses-broken-base64',
  title: 'A data URL that cannot be decoded is refused',
  kind: 'wire',
  scenario: broken,
  covers: ['image-bad-base64'],

  judge: ({ garbage }) => refuses('garbage', garbage, '"@@@@" is not base64'),

  mutants: [
    {
      story: 'a gateway leaves out pictures that it cannot decode and lets the model answer',
      request: (request) => lose(request, 'data:image/png;base64,@'),
    },
  ],
})
