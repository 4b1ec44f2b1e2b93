import { defineCheck } from '../../../src/authoring/define.ts'
import { recalls } from '../../../src/authoring/code-word.ts'
import { lose } from '../mutants.ts'
import { uploaded } from '../scenarios.ts'

export default defineCheck({
  id: 'file/reads-an-uploaded-file',
  title: 'The model reads a file that was uploaded before',
  kind: 'behavioural',
  scenario: uploaded,
  covers: ['file-id'],

  judge: ({ ask }, { nonce }) => recalls('ask', ask, nonce, 'in the uploaded file'),

  mutants: [
    {
      story: 'a gateway stores uploads and does not resolve their ids',
      request: (request) => lose(request, (file) => 'file_id' in file),
    },
  ],
})
