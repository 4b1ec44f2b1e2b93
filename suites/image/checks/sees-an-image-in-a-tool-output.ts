import { defineCheck, mapBody, mapObjects } from '../../../src/authoring/define.ts'
import { judgeRecall } from '../../../src/authoring/code-word.ts'
import { imageInToolOutputScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'image/sees-an-image-in-a-tool-output',
  title: 'The model sees a picture that a function call returned',
  kind: 'behavioural',
  scenario: imageInToolOutputScenario,
  covers: ['image-in-tool-output'],

  judge: ({ ask }, { nonce }) =>
    judgeRecall('ask', ask, nonce, 'in the picture that the function call returned'),

  mutants: [
    {
      story: 'an adapter flattens the results of function calls to their text',
      request: (request) =>
        mapBody(request, (body) =>
          mapObjects(body, (item) =>
            item['type'] === 'function_call_output' ? { ...item, output: 'A picture.' } : item,
          ),
        ),
    },
  ],
})
