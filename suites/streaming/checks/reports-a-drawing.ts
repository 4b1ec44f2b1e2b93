import { defineCheck, verdictOf } from '../../../src/authoring/define.ts'
import { hasProgress } from '../stream-rule-check.ts'
import { silencing } from '../mutants.ts'
import { image } from '../scenarios.ts'

const TYPE = 'image_generation_call'

export default defineCheck({
  id: 'streaming/reports-a-drawing',
  title: 'A picture that is drawn reports its progress',
  kind: 'behavioural',
  scenario: image,
  covers: ['stream-hosted-tool-phases'],

  judge: ({ stream }) => verdictOf(hasProgress(stream, TYPE)),

  mutants: [
    {
      story: 'a tool that runs at the provider is silent until it has finished',
      reply: (reply) => silencing(reply, TYPE),
    },
  ],
})
