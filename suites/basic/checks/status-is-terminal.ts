import { defineCheck, mapResponse } from '../../../src/authoring/define.ts'
import { show } from '../../../src/authoring/read.ts'
import type { EveryExchange } from '../../../src/types/index.ts'
import { requestValueOf, createFinding, judgeAnswer, PUBLISHED } from '../../common/answers.ts'
import { textScenario } from '../scenarios.ts'

const ENDED: readonly unknown[] = ['completed', 'incomplete', 'failed']
const BACKGROUND: readonly unknown[] = [...ENDED, 'queued', 'in_progress', 'cancelled']

export default defineCheck({
  id: 'basic/status-is-terminal',
  title: 'An answer that was waited for has status completed, incomplete or failed',
  kind: 'wire',
  scenario: 'every',
  covers: ['basic-status-enum', 'basic-status-terminal-sync'],
  only: PUBLISHED,
  documents: true,
  owns: ['/status'],

  judge({ exchange }: EveryExchange) {
    return judgeAnswer(exchange, ({ response: { status }, at }) => {
      const known = requestValueOf(exchange, '/background') === true ? BACKGROUND : ENDED
      return known.includes(status)
        ? []
        : [createFinding(`${at}/status`, known.map(String).join(', '), show(status))]
    })
  },

  mutants: [
    {
      story: 'a server renders the response before the generation is marked as done',
      on: textScenario,
      reply: (reply) => mapResponse(reply, (response) => ({ ...response, status: 'in_progress' })),
    },
  ],
})
