import { defineCheck, verdictOf } from '../../../src/authoring/define.ts'
import { findMissingProgress } from '../stream-rule-check.ts'
import { silenceTool } from '../mutants.ts'
import { imageStreamScenario } from '../scenarios.ts'

const TYPE = 'image_generation_call'

export default defineCheck({
  id: 'streaming/reports-a-drawing',
  title: 'A picture that is drawn reports its progress',
  kind: 'behavioural',
  scenario: imageStreamScenario,
  covers: ['stream-hosted-tool-phases'],

  judge: ({ stream }) => verdictOf(findMissingProgress(stream, TYPE)),

  mutants: [
    {
      story: 'a tool that runs at the provider is silent until it has finished',
      reply: (reply) => silenceTool(reply, TYPE),
    },
  ],
})
