import { defineCheck } from '../../../src/authoring/define.ts'
import { isObject } from '../../../src/authoring/read.ts'
import { dropParameter } from '../../common/mutants.ts'
import { judgeBareDocument } from '../document.ts'
import { jsonObjectScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'structured-output/json-object-is-an-object',
  title: 'The format json_object leads to a JSON object',
  kind: 'forced',
  scenario: jsonObjectScenario,
  covers: ['so-json-object', 'own-parameter-effective'],

  judge: ({ ask }) => judgeBareDocument('ask', ask, 'a JSON object', isObject),

  mutants: [
    {
      story: 'a gateway drops text.format, and the model answers in prose',
      request: (request) => dropParameter(request, 'text'),
    },
  ],
})
