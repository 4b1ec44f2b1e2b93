import { defineCheck } from '../../../src/authoring/define.ts'
import { sent } from '../../../src/authoring/read.ts'
import { judgeRecall, codeWordsOf } from '../../../src/authoring/code-word.ts'
import { dropFiles } from '../mutants.ts'
import { fileByUrlScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'file/reads-a-file-by-url',
  title: 'The model reads a file that the provider fetches',
  kind: 'behavioural',
  scenario: fileByUrlScenario,
  covers: ['file-url'],

  judge({ ask }, { nonce }) {
    // The file at a fixed address holds a fixed word; the question lists it last.
    const word = codeWordsOf(JSON.stringify(sent(ask) ?? {})).at(-1) ?? nonce
    return judgeRecall('ask', ask, word, 'in the file behind the address')
  },

  mutant: {
    story: 'an adapter passes on file data and drops files that it would have to fetch',
    request: (request) => dropFiles(request, (file) => 'file_url' in file),
  },
})
