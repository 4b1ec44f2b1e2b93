import { defineCheck, without } from '../../../src/authoring/define.ts'
import { show } from '../../../src/authoring/read.ts'
import type { EveryExchange } from '../../../src/types/index.ts'
import { createFinding, judgeAnswer, readPartsAt } from '../../common/answers.ts'
import { mapParts } from '../../common/mutants.ts'
import { textScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'basic/logprobs-is-a-list',
  title: 'An output_text part has a list of logprobs, empty unless asked for',
  kind: 'wire',
  scenario: 'every',
  covers: ['basic-output-text-logprobs-array'],
  only: ['openai', 'open-responses'],
  documents: true,
  owns: ['/output/*/content/*/logprobs'],

  judge({ exchange }: EveryExchange, { yardstick }) {
    return judgeAnswer(exchange, (reply) => {
      const texts = readPartsAt(reply.exchange).filter(
        ({ value }) => value['type'] === 'output_text',
      )
      if (texts.length === 0) return 'no text in the output'
      return texts
        .filter(({ value: { logprobs } }) => !Array.isArray(logprobs))
        .filter(({ value }) => yardstick === 'openai' || 'logprobs' in value)
        .map(({ value, at }) =>
          createFinding(`${at}/logprobs`, 'an array', show(value['logprobs'])),
        )
    })
  },

  mutants: [
    {
      story: 'a translation layer leaves out every optional list',
      on: textScenario,
      reply: (reply) => mapParts(reply, (part) => without(part, 'logprobs')),
    },
  ],
})
