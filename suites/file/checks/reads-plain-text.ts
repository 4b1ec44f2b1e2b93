import { defineCheck } from '../../../src/authoring/define.ts'
import { recalls } from '../../../src/authoring/code-word.ts'
import { lose } from '../mutants.ts'
import { plainText } from '../scenarios.ts'

export default defineCheck({
  id: 'file/reads-plain-text',
  title: 'The model reads a text file that was sent as a data URL',
  kind: 'behavioural',
  scenario: plainText,
  covers: ['file-data-text'],

  judge: ({ ask }, { nonce }) => recalls('ask', ask, nonce, 'that the text file holds'),

  mutants: [
    {
      story: 'an adapter knows PDF only and drops every other file',
      request: (request) =>
        lose(request, (file) => String(file['file_data']).startsWith('data:text/plain')),
    },
  ],
})
