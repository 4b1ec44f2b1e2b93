import { defineCheck, mapResponse } from '../../../src/authoring/define.ts'
import { show } from '../../../src/authoring/read.ts'
import type { EveryExchange } from '../../../src/types/index.ts'
import { createFinding, judgeAnswer, PUBLISHED } from '../../common/answers.ts'
import { textScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'basic/completed-at-fits-the-status',
  title: 'completed_at is a time after created_at once completed, and null otherwise',
  kind: 'wire',
  scenario: 'every',
  covers: ['basic-completed-at'],
  only: PUBLISHED,
  documents: true,

  judge({ exchange }: EveryExchange) {
    return judgeAnswer(exchange, ({ response, at }) => {
      const { status, created_at: created, completed_at: completed } = response
      const pointer = `${at}/completed_at`
      if (status !== 'completed') {
        if (completed === null) return []
        return [createFinding(pointer, `null, as the status is ${show(status)}`, show(completed))]
      }
      if (typeof completed !== 'number' || !Number.isInteger(completed)) {
        return [createFinding(pointer, 'an integer, Unix time in seconds', show(completed))]
      }
      if (typeof created !== 'number' || completed >= created) return []
      return [createFinding(pointer, `not before created_at, ${created}`, String(completed))]
    })
  },

  mutant: {
    story: 'a server never learned of completed_at and leaves it null',
    on: textScenario,
    reply: (reply) => mapResponse(reply, (response) => ({ ...response, completed_at: null })),
  },
})
