import { defineCheck } from '../../../src/authoring/define.ts'
import { refuses } from '../../../src/authoring/refusal.ts'
import { PUBLISHED } from '../../common/answers.ts'
import { answersAnyway } from '../../common/refusals.ts'
import { orphan } from '../mistakes.ts'

export default defineCheck({
  id: 'tool/refuses-orphaned-results',
  title: 'The result of a call that nobody made is refused',
  kind: 'wire',
  scenario: orphan,
  covers: ['tool-output-orphan-400'],
  only: PUBLISHED,

  judge({ ask }) {
    return refuses('ask', ask, 'no call has the call_id "call_nowhere"')
  },

  mutants: [
    {
      story: 'an adapter pairs calls and results by their order',
      reply: answersAnyway,
    },
  ],
})
