import { defineCheck } from '../../../src/authoring/define.ts'
import { dropParameter } from '../../common/mutants.ts'
import { isDocument } from '../document.ts'
import { strictScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'structured-output/text-is-json',
  title: 'With a strict schema the text is a bare JSON document, whatever the prompt asks for',
  kind: 'forced',
  scenario: strictScenario,
  covers: ['so-no-surrounding-text', 'own-parameter-effective'],

  judge: ({ ask }) => isDocument('ask', ask),

  mutants: [
    {
      story: 'a gateway drops text.format, and the model answers in prose',
      request: (request) => dropParameter(request, 'text'),
    },
  ],
})
