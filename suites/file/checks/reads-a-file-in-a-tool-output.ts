import { defineCheck, mapBody, mapObjects } from '../../../src/authoring/define.ts'
import { judgeRecall } from '../../../src/authoring/code-word.ts'
import { fileInToolOutputScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'file/reads-a-file-in-a-tool-output',
  title: 'The model reads a file that a function call returned',
  kind: 'behavioural',
  scenario: fileInToolOutputScenario,
  covers: ['file-in-tool-output'],

  judge: ({ ask }, { nonce }) =>
    judgeRecall('ask', ask, nonce, 'in the file that the function call returned'),

  mutants: [
    {
      story: 'an adapter flattens the results of function calls to their text',
      request: (request) =>
        mapBody(request, (body) =>
          mapObjects(body, (item) =>
            item['type'] === 'function_call_output' ? { ...item, output: 'A file.' } : item,
          ),
        ),
    },
  ],
})
