import { defineCheck, notShown, verdictOf, without } from '../../../src/authoring/define.ts'
import { show } from '../../../src/authoring/read.ts'
import { readItemsAt } from '../../common/answers.ts'
import { mapItems } from '../../common/mutants.ts'
import { reasoningScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'reasoning/shapes-reasoning-items',
  title: 'A reasoning item has an id and a list of summaries',
  kind: 'wire',
  scenario: reasoningScenario,
  covers: ['rs-item-shape'],

  judge({ ask }) {
    const found = readItemsAt(ask, 'reasoning')
    if (found.length === 0) return notShown('the answer has no reasoning item')
    return verdictOf(
      found.flatMap(({ value, at }) => [
        ...(typeof value['id'] === 'string' && value['id'] !== ''
          ? []
          : [
              {
                step: 'ask',
                at: `${at}/id`,
                expected: 'a non-empty string',
                actual: show(value['id']),
              },
            ]),
        ...(Array.isArray(value['summary'])
          ? []
          : [
              {
                step: 'ask',
                at: `${at}/summary`,
                expected: 'a list, empty when there is no summary',
                actual: show(value['summary']),
              },
            ]),
      ]),
    )
  },

  mutants: [
    {
      story: 'an adapter wraps the reasoning of its backend and leaves out what that does not have',
      reply: (reply) => mapItems(reply, 'reasoning', (item) => without(item, 'summary')),
    },
    {
      story: 'an adapter has no id for the reasoning of its backend and leaves it empty',
      reply: (reply) => mapItems(reply, 'reasoning', (item) => ({ ...item, id: '' })),
    },
  ],
})
