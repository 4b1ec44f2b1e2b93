import { defineCheck } from '../../../src/authoring/define.ts'
import { judgeRefusal } from '../../../src/authoring/judge-refusal.ts'
import { PUBLISHED } from '../../common/answers.ts'
import { answerAnyway } from '../../common/refusals.ts'
import { unansweredCallScenario } from '../mistakes.ts'

export default defineCheck({
  id: 'tool/refuses-unanswered-calls',
  title: 'A conversation that goes on past a call without its result is refused',
  kind: 'wire',
  scenario: unansweredCallScenario,
  covers: ['tool-output-missing-400'],
  only: PUBLISHED,

  judge({ ask }) {
    return judgeRefusal('ask', ask, 'the call "call_a1" has no result')
  },

  mutants: [
    {
      story: 'an adapter drops calls that nobody answered',
      reply: answerAnyway,
    },
  ],
})
