import { defineCheck, mapResponse } from '../../../src/authoring/define.ts'
import { show } from '../../../src/authoring/read.ts'
import type { EveryExchange } from '../../../src/types/index.ts'
import { createFinding, judgeAnswer, PUBLISHED } from '../../common/answers.ts'
import { cappedScenario, textScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'basic/completed-at-fits-the-status',
  title: 'completed_at is a time after created_at once completed, and null otherwise',
  kind: 'wire',
  scenario: 'every',
  covers: ['basic-completed-at'],
  only: PUBLISHED,
  documents: true,
  owns: ['/completed_at'],

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

  mutants: [
    {
      story: 'a server never learned of completed_at and leaves it null',
      on: textScenario,
      reply: (reply) => mapResponse(reply, (response) => ({ ...response, completed_at: null })),
    },
    {
      story: 'a server notes when it stopped, whether the answer was whole or cut',
      on: cappedScenario,
      reply: (reply) =>
        mapResponse(reply, (response) =>
          response['status'] === 'incomplete'
            ? { ...response, completed_at: response['created_at'] ?? null }
            : response,
        ),
    },
    {
      story: 'the two times come from machines whose clocks differ',
      on: textScenario,
      reply: (reply) =>
        mapResponse(reply, (response) => ({
          ...response,
          completed_at: Number(response['created_at']) - 5,
        })),
    },
  ],
})
