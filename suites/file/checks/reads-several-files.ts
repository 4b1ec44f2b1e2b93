import { defineCheck } from '../../../src/authoring/define.ts'
import { answerTextOf, codeWordsOf, judgeHeard } from '../../../src/authoring/code-word.ts'
import { dropFiles } from '../mutants.ts'
import { fileWordsOf, severalFilesScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'file/reads-several-files',
  title: 'The model reads both files of a message, and the answer can be streamed',
  kind: 'behavioural',
  scenario: severalFilesScenario,
  covers: ['file-multiple', 'file-with-stream'],

  judge({ ask }, { nonce }) {
    const wanted = fileWordsOf(nonce)
    const found = codeWordsOf(answerTextOf(ask))
    const isHeard = found.length === 2 && wanted.every((word) => found.includes(word))
    return judgeHeard('ask', ask, isHeard, `the code words of both files: ${wanted.join(', ')}`)
  },

  mutants: [
    {
      story: 'an adapter passes on one file for each message',
      request: (request) => dropFiles(request, (file) => file['filename'] === 'second.pdf'),
    },
  ],
})
