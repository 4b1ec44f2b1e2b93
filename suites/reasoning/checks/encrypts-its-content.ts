import { defineCheck, moot, verdictOf, without } from '../../../src/define.ts'
import { show } from '../../../src/read.ts'
import { think } from '../scenarios.ts'
import { mapThoughts, thoughts } from '../thoughts.ts'

export default defineCheck({
  id: 'reasoning/encrypts-its-content',
  title: 'Reasoning that is not stored comes with encrypted_content when included',
  kind: 'wire',
  scenario: think,
  covers: ['rs-encrypted-included'],

  judge({ ask }) {
    const found = thoughts(ask)
    if (found.length === 0) return moot('the answer has no reasoning item')
    return verdictOf(
      found
        .filter(
          ({ item }) =>
            typeof item['encrypted_content'] !== 'string' || item['encrypted_content'] === '',
        )
        .map(({ item, at }) => ({
          step: 'ask',
          at: `${at}/encrypted_content`,
          expected: 'a non-empty string, because include asks for reasoning.encrypted_content',
          actual: show(item['encrypted_content']),
        })),
    )
  },

  mutant: {
    story: 'a gateway accepts every value of include and knows none',
    reply: (reply) => mapThoughts(reply, (item) => without(item, 'encrypted_content')),
  },
})
