import { defineCheck } from '../../../src/define.ts'
import { refuses } from '../../../src/refusal.ts'
import { lose } from '../lose.ts'
import { broken } from '../scenarios.ts'

export default defineCheck({
  id: 'file/refuses-a-corrupt-file',
  title: 'File data that cannot be decoded is refused',
  kind: 'wire',
  scenario: broken,
  covers: ['file-bad-base64'],

  judge: ({ garbage }) => refuses('garbage', garbage, '"@@@@" is not base64'),

  mutant: {
    story: 'a gateway leaves out files that it cannot decode and lets the model answer',
    request: (request) => lose(request, (file) => String(file['file_data']).endsWith('@@@@')),
  },
})
