import { defineCheck } from '../../../src/authoring/define.ts'
import { recalls } from '../../../src/authoring/code-word.ts'
import { hearing } from '../../common/mutants.ts'
import { outputParts } from '../scenarios.ts'

export default defineCheck({
  id: 'tool/hears-output-parts',
  title: 'The result of a call may be a list of parts, and reaches the model',
  kind: 'behavioural',
  scenario: outputParts,
  covers: ['tool-output-string-or-parts'],

  judge({ ask }, { nonce }) {
    return recalls('ask', ask, nonce, 'that the tool gave')
  },

  mutants: [
    {
      story: 'an adapter reads the result of a tool only when it is a string',
      request: (request) =>
        hearing(request, (list) =>
          list.map((item) => (Array.isArray(item['output']) ? { ...item, output: '' } : item)),
        ),
    },
  ],
})
