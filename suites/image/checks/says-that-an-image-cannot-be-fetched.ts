import { defineCheck, holds, violated } from '../../../src/authoring/define.ts'
import { field, isError, response } from '../../../src/authoring/read.ts'
import { quoteReply } from '../../../src/authoring/judge-refusal.ts'
import { dropImages } from '../mutants.ts'
import { unreachableImageScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'image/says-that-an-image-cannot-be-fetched',
  title: 'A picture that cannot be fetched is an error, not a guess',
  kind: 'wire',
  scenario: unreachableImageScenario,
  covers: ['image-unreachable-url'],

  judge({ ask }) {
    if (isError(ask) || field(response(ask), '/status') === 'failed') return holds
    return violated({
      step: 'ask',
      at: 'status',
      expected:
        'an error status or a failed response, because the host of the picture does not exist',
      actual: quoteReply(ask),
    })
  },

  mutants: [
    {
      story: 'a gateway leaves a picture out when its download fails, and lets the model answer',
      request: (request) => dropImages(request, 'https://pictures.invalid'),
    },
  ],
})
