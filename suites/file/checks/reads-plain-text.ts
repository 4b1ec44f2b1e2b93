import { defineCheck } from '../../../src/authoring/define.ts'
import { judgeRecall } from '../../../src/authoring/code-word.ts'
import { dropFiles } from '../mutants.ts'
import { plainTextFileScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'file/reads-plain-text',
  title: 'The model reads a text file that was sent as a data URL',
  kind: 'behavioural',
  scenario: plainTextFileScenario,
  covers: ['file-data-text'],

  judge: ({ ask }, { nonce }) => judgeRecall('ask', ask, nonce, 'that the text file holds'),

  mutants: [
    {
      story: 'an adapter knows PDF only and drops every other file',
      request: (request) =>
        dropFiles(request, (file) => String(file['file_data']).startsWith('data:text/plain')),
    },
  ],
})
