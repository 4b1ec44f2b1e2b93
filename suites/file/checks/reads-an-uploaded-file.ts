import { defineCheck } from '../../../src/authoring/define.ts'
import { judgeRecall } from '../../../src/authoring/code-word.ts'
import { dropFiles } from '../mutants.ts'
import { uploadedFileScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'file/reads-an-uploaded-file',
  title: 'The model reads a file that was uploaded before',
  kind: 'behavioural',
  scenario: uploadedFileScenario,
  covers: ['file-id'],

  judge: ({ ask }, { nonce }) => judgeRecall('ask', ask, nonce, 'in the uploaded file'),

  mutants: [
    {
      story: 'a gateway stores uploads and does not resolve their ids',
      request: (request) => dropFiles(request, (file) => 'file_id' in file),
    },
  ],
})
