import { defineCheck, verdictOf } from '../../../src/authoring/define.ts'
import { isStream } from '../../../src/authoring/read.ts'
import { told } from '../../../src/authoring/refusal.ts'
import { refusing } from '../../common/refusals.ts'
import { options } from '../scenarios.ts'

export default defineCheck({
  id: 'streaming/accepts-stream-options',
  title: 'stream_options may be null or empty',
  kind: 'wire',
  scenario: options,
  covers: ['stream-options-accepted'],

  judge(exchanges) {
    return verdictOf(
      (['none', 'empty'] as const).flatMap((step) =>
        isStream(exchanges[step])
          ? []
          : [{ step, at: 'status', expected: 'an event stream', actual: told(exchanges[step]) }],
      ),
    )
  },

  mutants: [
    {
      story: 'a strict schema knows stream_options only with its field',
      reply: (reply, { text }) =>
        text.includes('"stream_options":{}') ? refusing(reply, 'stream_options') : reply,
    },
  ],
})
