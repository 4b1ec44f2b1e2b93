import { defineCheck, mapResponse, violated, holds } from '../../../src/authoring/define.ts'
import { items, responseAt, show } from '../../../src/authoring/read.ts'
import { judgeAccepted, refuseParameter } from '../../common/refusals.ts'
import { triggeredCompactionScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'compaction/compacts-when-triggered',
  title: 'A compaction_trigger is taken, and answered with a compaction',
  kind: 'wire',
  scenario: triggeredCompactionScenario,
  covers: ['cmp-trigger-item'],

  judge({ ask }) {
    if (ask.status >= 400) return judgeAccepted('ask', ask)
    if (items(ask, 'compaction').length > 0) return holds
    return violated({
      step: 'ask',
      at: `${responseAt(ask)}/output`,
      expected: 'an item of type compaction, which the input asks for',
      actual: show(items(ask).map((item) => item['type'] ?? null)),
    })
  },

  mutants: [
    {
      story: 'a strict list of items was written before there were triggers',
      reply: (reply, { text }) =>
        text.includes('"compaction_trigger"') ? refuseParameter(reply, 'input') : reply,
    },
    {
      story: 'an adapter drops items that it does not know, and answers nothing',
      reply: (reply, { text }) =>
        text.includes('"compaction_trigger"')
          ? mapResponse(reply, (response) => ({ ...response, output: [] }))
          : reply,
    },
  ],
})
