import { defineCheck } from '../../../src/authoring/define.ts'
import { judgeRecall } from '../../../src/authoring/code-word.ts'
import { dropFiles } from '../mutants.ts'
import { pdfFileScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'file/reads-a-pdf',
  title: 'The model reads a PDF that was sent as a data URL',
  kind: 'behavioural',
  scenario: pdfFileScenario,
  covers: ['file-data-pdf'],

  judge: ({ ask }, { nonce }) => judgeRecall('ask', ask, nonce, 'that the PDF holds'),

  mutants: [
    {
      story: 'an adapter passes on the text parts of a message and drops the files',
      request: (request) => dropFiles(request),
    },
  ],
})
