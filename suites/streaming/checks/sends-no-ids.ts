import { defineCheck, notShown, verdictOf } from '../../../src/authoring/define.ts'
import type { EveryExchange } from '../../../src/types/index.ts'
import { framingFindingsOf, isFramed } from '../stream-rule-check.ts'
import { replaceFrames } from '../mutants.ts'
import { textStreamScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'streaming/sends-no-ids',
  title: 'Frames carry no id line',
  kind: 'wire',
  scenario: 'every',
  covers: ['stream-no-sse-id'],

  judge({ exchange }: EveryExchange) {
    if (!isFramed(exchange)) return notShown('no event stream over HTTP')
    return verdictOf(framingFindingsOf(exchange, { 'id-line': 'no `id:` line' }))
  },

  mutants: [
    {
      story: 'a framework numbers the frames by itself',
      on: textStreamScenario,
      dialect: 'open-responses',
      wire: replaceFrames((frame, index) => `id: ${index}\n${frame}`),
    },
  ],
})
