import { defineCheck } from '../../../src/authoring/define.ts'
import { recalls } from '../../../src/authoring/code-word.ts'
import { lose } from '../mutants.ts'
import { byUrl } from '../scenarios.ts'

export default defineCheck({
  id: 'file/reads-a-file-by-url',
  title: 'The model reads a file that the provider fetches',
  kind: 'behavioural',
  scenario: byUrl,
  covers: ['file-url'],

  judge({ ask }, { fetched, nonce }) {
    return recalls('ask', ask, fetched?.pdf ?? nonce, 'in the file behind the address')
  },

  mutant: {
    story: 'an adapter passes on file data and drops files that it would have to fetch',
    request: (request) => lose(request, (file) => 'file_url' in file),
  },
})
