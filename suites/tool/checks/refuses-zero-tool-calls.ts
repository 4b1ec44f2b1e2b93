import { defineCheck } from '../../../src/define.ts'
import { refuses } from '../../../src/refusal.ts'
import { answersAnyway } from '../../common/refusals.ts'
import { noToolCalls } from '../scenarios.ts'

export default defineCheck({
  id: 'tool/refuses-zero-tool-calls',
  title: 'max_tool_calls of 0 is refused',
  kind: 'wire',
  scenario: noToolCalls,
  covers: ['tool-max-tool-calls'],

  judge({ ask }) {
    return refuses('ask', ask, 'max_tool_calls is at least 1')
  },

  mutant: {
    story: 'a gateway passes any number on',
    reply: answersAnyway,
  },
})
