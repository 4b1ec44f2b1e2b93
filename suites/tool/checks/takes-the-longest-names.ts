import { defineCheck, unsure } from '../../../src/authoring/define.ts'
import { judgeAccepted, refuseParameter } from '../../common/refusals.ts'
import { longestNameScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'tool/takes-the-longest-names',
  title: 'A function name of 128 characters is taken, as a short one is',
  kind: 'wire',
  scenario: longestNameScenario,
  covers: ['tool-name-length'],

  judge({ short, longest }) {
    if (short.status > 299) return unsure('prerequisite', 'a short name is refused as well')
    return judgeAccepted('longest', longest)
  },

  mutants: [
    {
      story: 'a gateway hands names on to an API that allows 64 characters',
      reply: (reply, { text }) =>
        /"name":"[^"]{65}/.test(text) ? refuseParameter(reply, 'tools[0].name') : reply,
    },
  ],
})
