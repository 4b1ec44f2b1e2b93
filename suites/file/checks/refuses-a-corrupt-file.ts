import { defineCheck } from '../../../src/authoring/define.ts'
import { refuses } from '../../../src/authoring/refusal.ts'
import { lose } from '../mutants.ts'
import { broken } from '../scenarios.ts'

export default defineCheck({
  id: 'file/refuses-a-corrupt-file',
  title: 'File data that cannot be decoded is refused',
  kind: 'wire',
  scenario: broken,
  covers: ['file-bad-base64'],

  judge: ({ garbage }) => refuses('garbage', garbage, '"@@@@" is not base64'),

  mutants: [
    {
      story: 'a gateway leaves out files that it cannot decode and lets the model answer',
      request: (request) => lose(request, (file) => String(file['file_data']).endsWith('@@@@')),
    },
  ],
})
