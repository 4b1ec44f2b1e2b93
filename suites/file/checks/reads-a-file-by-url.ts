import { defineCheck } from '../../../src/authoring/define.ts'
import { judgeRecall } from '../../../src/authoring/code-word.ts'
import { dropFiles } from '../mutants.ts'
import { fileByUrlScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'file/reads-a-file-by-url',
  title: 'The model reads a file that the provider fetches',
  kind: 'behavioural',
  scenario: fileByUrlScenario,
  covers: ['file-url'],

  judge({ ask }, { fetched, nonce }) {
    return judgeRecall('ask', ask, fetched?.pdf ?? nonce, 'in the file behind the address')
  },

  mutants: [
    {
      story: 'an adapter passes on file data and drops files that it would have to fetch',
      request: (request) => dropFiles(request, (file) => 'file_url' in file),
    },
  ],
})
