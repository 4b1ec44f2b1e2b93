import { defineCheck } from '../../../src/authoring/define.ts'
import { judgeRefusal } from '../../../src/authoring/judge-refusal.ts'
import { answerAnyway } from '../../common/refusals.ts'
import { choiceWithoutModeScenario } from '../mistakes.ts'

export default defineCheck({
  id: 'tool/refuses-a-choice-without-mode',
  title: 'allowed_tools without a mode is refused',
  kind: 'wire',
  scenario: choiceWithoutModeScenario,
  covers: ['tool-allowed-tools-mode'],
  only: ['openai'],

  judge({ ask }) {
    return judgeRefusal('ask', ask, 'allowed_tools needs the mode auto or required')
  },

  mutants: [
    {
      story: 'a lenient parser takes auto where nothing is said',
      reply: answerAnyway,
    },
  ],
})
