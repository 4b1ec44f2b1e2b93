import { defineCheck, unsure, violated } from '../../../src/authoring/define.ts'
import { parts, responseAt, show } from '../../../src/authoring/read.ts'
import {
  HEARD,
  answerTextOf,
  doubtUnformatted,
  codeWordsOf,
} from '../../../src/authoring/code-word.ts'
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
    if (found.length === 2 && wanted.every((word) => found.includes(word))) return HEARD
    if (parts(ask, 'refusal').length > 0) return unsure('model-declined', 'the model refused')
    const doubt = doubtUnformatted(ask)
    if (doubt !== undefined) return doubt
    return violated({
      step: 'ask',
      at: `${responseAt(ask)}/output`,
      expected: `the code words of both files: ${wanted.join(', ')}`,
      actual: show(answerTextOf(ask)),
      by: 'word',
    })
  },

  mutants: [
    {
      story: 'an adapter passes on one file for each message',
      request: (request) => dropFiles(request, (file) => file['filename'] === 'second.pdf'),
    },
  ],
})
