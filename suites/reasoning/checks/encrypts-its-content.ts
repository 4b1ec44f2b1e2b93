import { defineCheck, notShown, verdictOf, without } from '../../../src/authoring/define.ts'
import { show } from '../../../src/authoring/read.ts'
import { readItemsAt } from '../../common/answers.ts'
import { mapItems } from '../../common/mutants.ts'
import { reasoningScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'reasoning/encrypts-its-content',
  title: 'Reasoning that is not stored comes with encrypted_content when included',
  kind: 'wire',
  scenario: reasoningScenario,
  covers: ['rs-encrypted-included'],

  judge({ ask }) {
    const found = readItemsAt(ask, 'reasoning')
    if (found.length === 0) return notShown('the answer has no reasoning item')
    return verdictOf(
      found
        .filter(
          ({ value }) =>
            typeof value['encrypted_content'] !== 'string' || value['encrypted_content'] === '',
        )
        .map(({ value, at }) => ({
          step: 'ask',
          at: `${at}/encrypted_content`,
          expected: 'a non-empty string, because include asks for reasoning.encrypted_content',
          actual: show(value['encrypted_content']),
        })),
    )
  },

  mutants: [
    {
      story: 'a gateway accepts every value of include and knows none',
      reply: (reply) => mapItems(reply, 'reasoning', (item) => without(item, 'encrypted_content')),
    },
  ],
})
