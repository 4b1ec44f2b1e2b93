import { defineCheck } from '../../../src/authoring/define.ts'
import { recalls } from '../../../src/authoring/code-word.ts'
import { lose } from '../mutants.ts'
import { pdf } from '../scenarios.ts'

export default defineCheck({
  id: 'file/reads-a-pdf',
  title: 'The model reads a PDF that was sent as a data URL',
  kind: 'behavioural',
  scenario: pdf,
  covers: ['file-data-pdf'],

  judge: ({ ask }, { nonce }) => recalls('ask', ask, nonce, 'that the PDF holds'),

  mutants: [
    {
      story: 'an adapter passes on the text parts of a message and drops the files',
      request: (request) => lose(request),
    },
  ],
})
