import { defineCheck, verdictOf } from '../../../src/authoring/define.ts'
import { isStream } from '../../../src/authoring/read.ts'
import { quoteReply } from '../../../src/authoring/judge-refusal.ts'
import { refuseParameter } from '../../common/refusals.ts'
import { streamOptionsScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'streaming/accepts-stream-options',
  title: 'stream_options may be null or empty',
  kind: 'wire',
  scenario: streamOptionsScenario,
  covers: ['stream-options-accepted'],

  judge(exchanges) {
    return verdictOf(
      (['none', 'empty'] as const).flatMap((step) =>
        isStream(exchanges[step])
          ? []
          : [
              {
                step,
                at: 'status',
                expected: 'an event stream',
                actual: quoteReply(exchanges[step]),
              },
            ],
      ),
    )
  },

  mutants: [
    {
      story: 'a strict schema knows stream_options only with its field',
      reply: (reply, { text }) =>
        text.includes('"stream_options":{}') ? refuseParameter(reply, 'stream_options') : reply,
    },
  ],
})
