import { defineCheck, mapResponse, without } from '../../../src/authoring/define.ts'
import { show } from '../../../src/authoring/read.ts'
import type { EveryExchange } from '../../../src/types/index.ts'
import { requestValueOf, createFinding, judgeAnswer, PUBLISHED } from '../../common/answers.ts'
import { textScenario } from '../scenarios.ts'

const ENDED: readonly unknown[] = ['completed', 'incomplete', 'failed']
const BACKGROUND: readonly unknown[] = [...ENDED, 'queued', 'in_progress', 'cancelled']

const NOT_REQUIRED = 'status is not among the keys that OpenAI’s schema requires.'

export default defineCheck({
  id: 'basic/status-is-terminal',
  title: 'An answer that was waited for has status completed, incomplete or failed',
  kind: 'wire',
  scenario: 'every',
  covers: ['basic-status-enum', 'basic-status-terminal-sync'],
  only: PUBLISHED,
  documents: true,
  owns: ['/status'],

  judge({ exchange }: EveryExchange, { yardstick }) {
    return judgeAnswer(exchange, ({ response: { status }, at }) => {
      const known = requestValueOf(exchange, '/background') === true ? BACKGROUND : ENDED
      if (known.includes(status)) return []
      const finding = createFinding(`${at}/status`, known.map(String).join(', '), show(status))
      const isOptional = status === undefined && yardstick === 'openai'
      return [{ ...finding, ...(isOptional ? { contested: NOT_REQUIRED } : {}) }]
    })
  },

  mutants: [
    {
      story: 'a server renders the response before the generation is marked as done',
      on: textScenario,
      reply: (reply) => mapResponse(reply, (response) => ({ ...response, status: 'in_progress' })),
    },
    {
      story: 'an adapter of another API knows no status',
      on: textScenario,
      reply: (reply) => mapResponse(reply, (response) => without(response, 'status')),
    },
  ],
})
