import { defineCheck } from '../../../src/authoring/define.ts'
import { forgetting } from '../../common/mutants.ts'
import { isDocument } from '../document.ts'
import { strict } from '../scenarios.ts'

export default defineCheck({
  id: 'structured-output/text-is-json',
  title: 'With a strict schema the text is a bare JSON document, whatever the prompt asks for',
  kind: 'forced',
  scenario: strict,
  covers: ['so-no-surrounding-text', 'own-parameter-effective'],

  judge: ({ ask }) => isDocument('ask', ask),

  mutants: [
    {
      story: 'a gateway drops text.format, and the model answers in prose',
      request: (request) => forgetting(request, 'text'),
    },
  ],
})
