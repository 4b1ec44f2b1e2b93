import { defineCheck } from '../../../src/authoring/define.ts'
import { show } from '../../../src/authoring/read.ts'
import type { EveryExchange } from '../../../src/types/index.ts'
import { createFinding, readItemsAt, judgeAnswer, PUBLISHED } from '../../common/answers.ts'
import { mapItems } from '../../common/mutants.ts'
import { textScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'basic/phase-is-known',
  title: 'A phase is commentary or final_answer, and only on a message of the assistant',
  kind: 'wire',
  scenario: 'every',
  covers: ['basic-phase-values'],
  only: PUBLISHED,
  documents: true,
  owns: ['/output/*/phase'],

  judge({ exchange }: EveryExchange, { yardstick }) {
    return judgeAnswer(exchange, (reply) => {
      const phased = readItemsAt(reply.exchange).filter(({ value }) => 'phase' in value)
      if (phased.length === 0) return 'no item has a phase'
      return phased
        .filter(
          ({ value: { role, phase } }) =>
            role !== 'assistant' ||
            !(
              phase === 'commentary' ||
              phase === 'final_answer' ||
              (phase === null && yardstick === 'openai')
            ),
        )
        .map(({ value, at }) =>
          createFinding(`${at}/phase`, 'commentary or final_answer', show(value['phase'])),
        )
    })
  },

  mutants: [
    {
      story: 'a gateway invents a phase of its own',
      on: textScenario,
      reply: (reply) => mapItems(reply, 'message', (item) => ({ ...item, phase: 'thinking' })),
    },
  ],
})
