import { defineCheck, holds, violated } from '../../../src/authoring/define.ts'
import { field, responseAt, show } from '../../../src/authoring/read.ts'
import { readItemsAt } from '../../common/answers.ts'
import { mapItems } from '../../common/mutants.ts'
import { imageGenerationScenario } from '../scenarios.ts'

const BASE64 = /^[A-Za-z0-9+/]{40,}={0,2}$/

export default defineCheck({
  id: 'hosted-tools/leaves-its-picture-behind',
  title: 'A drawn picture leaves an image_generation_call with base64 data',
  kind: 'forced',
  scenario: imageGenerationScenario,
  covers: ['tool-image-generation'],

  judge({ ask }) {
    const [run] = readItemsAt(ask, 'image_generation_call')
    const result = field(run?.value, '/result')
    if (typeof result === 'string' && BASE64.test(result)) return holds
    return violated({
      step: 'ask',
      at: run === undefined ? `${responseAt(ask)}/output` : `${run.at}/result`,
      expected: 'an image_generation_call with the picture in base64',
      actual: run === undefined ? 'no image_generation_call' : show(result),
    })
  },

  mutants: [
    {
      story: 'a gateway stores the picture and returns its address',
      reply: (reply) =>
        mapItems(reply, 'image_generation_call', (item) => ({
          ...item,
          result: 'https://cdn.example.com/picture.png',
        })),
    },
  ],
})
