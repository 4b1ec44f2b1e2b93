import { defineCheck, verdictOf } from '../../../src/authoring/define.ts'
import { hasProgress } from '../stream-rule-check.ts'
import { silencing } from '../mutants.ts'
import { code } from '../scenarios.ts'

const TYPE = 'code_interpreter_call'

export default defineCheck({
  id: 'streaming/reports-a-calculation',
  title: 'A calculation in the code interpreter reports its progress',
  kind: 'behavioural',
  scenario: code,
  covers: ['stream-hosted-tool-phases'],

  judge: ({ stream }) => verdictOf(hasProgress(stream, TYPE)),

  mutants: [
    {
      story: 'a tool that runs at the provider is silent until it has finished',
      reply: (reply) => silencing(reply, TYPE),
    },
  ],
})
