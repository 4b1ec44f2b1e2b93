import {
  defineCheck,
  mapResponse,
  notShown,
  verdictOf,
  without,
} from '../../../src/authoring/define.ts'
import { isObject, response, responseAt, show } from '../../../src/authoring/read.ts'
import { twoWaysScenario } from '../../basic/scenarios.ts'
import { USAGE_FIELDS } from '../../common/answers.ts'
import { mapUsage } from '../../common/mutants.ts'

export default defineCheck({
  id: 'usage/stream-reports-usage',
  title: 'A stream ends with the usage that an answer at a stroke has',
  kind: 'wire',
  scenario: twoWaysScenario,
  covers: ['usage-stream-parity'],

  judge({ plain, stream }) {
    const whole = response(plain)?.['usage']
    const streamed = response(stream)
    if (!isObject(whole) || streamed === undefined)
      return notShown('there is no usage to compare with')
    const { usage } = streamed
    const at = `${responseAt(stream)}/usage`
    if (!isObject(usage)) {
      return verdictOf([{ step: 'stream', at, expected: 'an object', actual: show(usage) }])
    }
    return verdictOf(
      USAGE_FIELDS.filter(
        (key) => (whole[key] ?? null) !== null && typeof usage[key] !== typeof whole[key],
      ).map((key) => ({
        step: 'stream',
        at: `${at}/${key}`,
        expected: `${typeof whole[key]}, as without streaming`,
        actual: show(usage[key]),
      })),
    )
  },

  mutants: [
    {
      story: 'a gateway reports usage in streams only when asked to, as Chat Completions do',
      reply: (reply) =>
        'events' in reply.body
          ? mapResponse(reply, (response) => ({ ...response, usage: null }))
          : reply,
    },
    {
      story: 'the streaming path of a gateway counts without details',
      reply: (reply) =>
        'events' in reply.body
          ? mapUsage(reply, (usage) => without(usage, 'output_tokens_details'))
          : reply,
    },
  ],
})
