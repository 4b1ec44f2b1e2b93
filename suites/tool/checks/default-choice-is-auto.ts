import { defineCheck, mapResponse, notShown, verdictOf } from '../../../src/authoring/define.ts'
import { field, response, responseAt, show } from '../../../src/authoring/read.ts'
import { PUBLISHED } from '../../common/answers.ts'
import { offeredToolScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'tool/default-choice-is-auto',
  title: 'tool_choice is reported as "auto" when it was left out',
  kind: 'wire',
  scenario: offeredToolScenario,
  covers: ['tool-choice-auto-default'],
  only: PUBLISHED,

  judge({ ask }) {
    const choice = field(response(ask), '/tool_choice')
    if (choice === undefined) return notShown('there is no tool_choice')
    const at = `${responseAt(ask)}/tool_choice`
    return verdictOf(
      choice === 'auto' ? [] : [{ step: 'ask', at, expected: '"auto"', actual: show(choice) }],
    )
  },

  mutants: [
    {
      story: 'a server reports what it was sent, which was nothing',
      reply: (reply) => mapResponse(reply, (response) => ({ ...response, tool_choice: null })),
    },
  ],
})
