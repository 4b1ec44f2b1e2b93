import { defineCheck, mapBody, mapObjects } from '../../../src/authoring/define.ts'
import { field, parse } from '../../../src/authoring/read.ts'
import { answerTextOf, codeWordsOf, judgeHeard } from '../../../src/authoring/code-word.ts'
import type { Exchange, Json } from '../../../src/types/index.ts'
import { pictureWordsOf, severalImagesScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'image/sees-every-image-in-order',
  title: 'The model sees all pictures of a message, in their order, at every detail',
  kind: 'behavioural',
  scenario: severalImagesScenario,
  covers: ['image-multiple-order', 'image-detail-optional'],
  meter: false,

  judge({ ask }, { nonce }) {
    const wanted = pictureWordsOf(nonce)
    const isHeard = wanted.join() === seen(ask).join()
    return judgeHeard(
      'ask',
      ask,
      isHeard,
      `the code words of the three pictures in order: ${wanted.join(', ')}`,
    )
  },

  mutants: [
    {
      story: 'an adapter for models with a single picture keeps the first one of each message',
      request: (request) =>
        mapBody(request, (body) =>
          mapObjects(body, (object) =>
            Array.isArray(object['content'])
              ? { ...object, content: firstImageOnly(object['content'] as readonly Json[]) }
              : object,
          ),
        ),
    },
  ],
})

function seen(exchange: Exchange): readonly (Json | undefined)[] {
  const answer = parse(answerTextOf(exchange))
  return answer === undefined
    ? codeWordsOf(answerTextOf(exchange))
    : ['/first', '/second', '/last'].map((at) => field(answer, at))
}

function firstImageOnly(content: readonly Json[]): readonly Json[] {
  const isImage = (part: Json): boolean => field(part, '/type') === 'input_image'
  const first = content.findIndex(isImage)
  return content.filter((part, index) => !isImage(part) || index === first)
}
