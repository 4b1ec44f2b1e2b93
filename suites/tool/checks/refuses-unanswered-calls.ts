import { defineCheck } from '../../../src/authoring/define.ts'
import { refuses } from '../../../src/authoring/refusal.ts'
import { PUBLISHED } from '../../common/answers.ts'
import { answersAnyway } from '../../common/refusals.ts'
import { unanswered } from '../mistakes.ts'

export default defineCheck({
  id: 'tool/refuses-unanswered-calls',
  title: 'A conversation that goes on past a call without its result is refused',
  kind: 'wire',
  scenario: unanswered,
  covers: ['tool-output-missing-400'],
  only: PUBLISHED,

  judge({ ask }) {
    return refuses('ask', ask, 'the call "call_a1" has no result')
  },

  mutants: [
    {
      story: 'an adapter drops calls that nobody answered',
      reply: answersAnyway,
    },
  ],
})
