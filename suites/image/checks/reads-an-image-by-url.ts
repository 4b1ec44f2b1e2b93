import { defineCheck } from '../../../src/authoring/define.ts'
import { sent } from '../../../src/authoring/read.ts'
import { judgeRecall, codeWordsOf } from '../../../src/authoring/code-word.ts'
import { dropImages } from '../mutants.ts'
import { imageByUrlScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'image/reads-an-image-by-url',
  title: 'The model sees a picture that the provider fetches',
  kind: 'behavioural',
  scenario: imageByUrlScenario,
  covers: ['image-https-url'],

  judge({ ask }, { nonce }) {
    // The picture at a fixed address shows a fixed word; the question lists it last.
    const word = codeWordsOf(JSON.stringify(sent(ask) ?? {})).at(-1) ?? nonce
    return judgeRecall('ask', ask, word, 'in the picture behind the address')
  },

  mutant: {
    story: 'an adapter passes on data URLs and drops pictures that it would have to fetch',
    request: (request) => dropImages(request, 'http'),
  },
})
