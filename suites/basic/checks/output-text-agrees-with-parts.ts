import { defineCheck, mapResponse } from '../../../src/authoring/define.ts'
import { show, text as textOf } from '../../../src/authoring/read.ts'
import type { EveryExchange } from '../../../src/types/index.ts'
import { createFinding, judgeAnswer } from '../../common/answers.ts'
import { textScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'basic/output-text-agrees-with-parts',
  title: 'A top-level output_text is the joined text of all output_text parts',
  kind: 'wire',
  scenario: 'every',
  covers: ['basic-output-text-wire-consistent'],
  promises: ['response /output_text'],
  documents: true,

  judge({ exchange }: EveryExchange) {
    return judgeAnswer(exchange, ({ response: { output_text: given }, at }) => {
      // The field is the SDK's, which trusts a value that comes over the wire.
      if (given === undefined || given === null) return 'no output_text at the top level'
      const joined = textOf(exchange)
      return given === joined ? [] : [createFinding(`${at}/output_text`, show(joined), show(given))]
    })
  },

  mutants: [
    {
      story: 'a server initialises output_text and never fills it in',
      on: textScenario,
      reply: (reply) => mapResponse(reply, (response) => ({ ...response, output_text: '' })),
    },
  ],
})
