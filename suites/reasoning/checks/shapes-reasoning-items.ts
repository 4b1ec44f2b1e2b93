import { defineCheck, moot, verdictOf, without } from '../../../src/define.ts'
import { show } from '../../../src/read.ts'
import { think } from '../scenarios.ts'
import { mapThoughts, thoughts } from '../thoughts.ts'

export default defineCheck({
  id: 'reasoning/shapes-reasoning-items',
  title: 'A reasoning item has an id and a list of summaries',
  kind: 'wire',
  scenario: think,
  covers: ['rs-item-shape'],

  judge({ ask }) {
    const found = thoughts(ask)
    if (found.length === 0) return moot('the answer has no reasoning item')
    return verdictOf(
      found.flatMap(({ item, at }) => [
        ...(typeof item['id'] === 'string' && item['id'] !== ''
          ? []
          : [
              {
                step: 'ask',
                at: `${at}/id`,
                expected: 'a non-empty string',
                actual: show(item['id']),
              },
            ]),
        ...(Array.isArray(item['summary'])
          ? []
          : [
              {
                step: 'ask',
                at: `${at}/summary`,
                expected: 'a list, empty when there is no summary',
                actual: show(item['summary']),
              },
            ]),
      ]),
    )
  },

  mutant: {
    story: 'an adapter wraps the reasoning of its backend and leaves out what that does not have',
    reply: (reply) => mapThoughts(reply, (item) => without(item, 'summary')),
  },
})
