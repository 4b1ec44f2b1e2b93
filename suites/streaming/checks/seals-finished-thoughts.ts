import { defineCheck, notShown, verdictOf, without } from '../../../src/authoring/define.ts'
import { events, field, show } from '../../../src/authoring/read.ts'
import { hasItemType, isType } from '../stream-rule-check.ts'
import { changeItems } from '../mutants.ts'
import { reasoningStreamScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'streaming/seals-finished-thoughts',
  title: 'A done reasoning item has its encrypted_content, where that was asked for',
  kind: 'wire',
  scenario: reasoningStreamScenario,
  covers: ['stream-reasoning-encrypted-final'],

  judge({ stream }) {
    const done = events(stream)
      .filter(isType('response.output_item.done'))
      .filter(hasItemType('reasoning'))
    if (done.length === 0) return notShown('the model did not think')
    return verdictOf(
      done.flatMap(({ index, data }) => {
        const sealed = field(data, '/item/encrypted_content')
        return typeof sealed === 'string' && sealed !== ''
          ? []
          : [
              {
                step: 'stream',
                at: `/events/${index}/item/encrypted_content`,
                expected: 'the encrypted thoughts, as `include` asks',
                actual: show(sealed),
              },
            ]
      }),
    )
  },

  mutants: [
    {
      story: 'the thoughts are only sealed in the opening event',
      reply: (reply) =>
        changeItems(reply, 'response.output_item.done', (item) =>
          without(item, 'encrypted_content'),
        ),
    },
  ],
})
