import { defineCheck, verdictOf } from '../../../src/authoring/define.ts'
import { findMissingProgress } from '../stream-rule-check.ts'
import { silenceTool } from '../mutants.ts'
import { codeStreamScenario } from '../scenarios.ts'

const TYPE = 'code_interpreter_call'

export default defineCheck({
  id: 'streaming/reports-a-calculation',
  title: 'A calculation in the code interpreter reports its progress',
  kind: 'behavioural',
  scenario: codeStreamScenario,
  covers: ['stream-hosted-tool-phases'],

  judge: ({ stream }) => verdictOf(findMissingProgress(stream, TYPE)),

  mutants: [
    {
      story: 'a tool that runs at the provider is silent until it has finished',
      reply: (reply) => silenceTool(reply, TYPE),
    },
  ],
})
