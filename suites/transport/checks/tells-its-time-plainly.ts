import { defineCheck, holds, notShown, violated } from '../../../src/authoring/define.ts'
import { header } from '../../../src/authoring/read.ts'
import type { EveryExchange } from '../../../src/types/index.ts'
import { textScenario } from '../../basic/scenarios.ts'

export default defineCheck({
  id: 'transport/tells-its-time-plainly',
  title: 'openai-processing-ms holds whole milliseconds',
  kind: 'wire',
  scenario: 'every',
  covers: ['transport-openai-meta-headers'],

  judge({ exchange }: EveryExchange) {
    const value = header(exchange, 'openai-processing-ms')
    if (value === undefined) return notShown('no openai-processing-ms')
    if (/^\d+$/.test(value)) return holds
    return violated({
      step: 'exchange',
      at: 'header openai-processing-ms',
      expected: 'a non-negative integer',
      actual: value,
    })
  },

  mutants: [
    {
      story: 'a gateway writes seconds into a header of milliseconds',
      on: textScenario,
      reply: (reply) => ({
        ...reply,
        headers: { ...reply.headers, 'openai-processing-ms': '0.25' },
      }),
    },
  ],
})
