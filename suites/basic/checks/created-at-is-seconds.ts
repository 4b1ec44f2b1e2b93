import { defineCheck, mapResponse } from '../../../src/authoring/define.ts'
import { show } from '../../../src/authoring/read.ts'
import type { EveryExchange } from '../../../src/types/index.ts'
import { createFinding, judgeAnswer, isKnownField } from '../../common/answers.ts'
import { textScenario } from '../scenarios.ts'

/** Clocks differ; milliseconds and time zones differ by more. */
const TOLERANCE_SECONDS = 300

/** JSON readers hide it, and readers of typed languages refuse it. */
const FRACTION = /"created_at"\s*:\s*(\d+\.\d+)/

function writtenIn({ body }: EveryExchange['exchange']): string {
  if (body.kind === 'events') return body.events.map(({ raw }) => raw).join('\n')
  return body.kind === 'json' ? body.text : ''
}

export default defineCheck({
  id: 'basic/created-at-is-seconds',
  title: 'created_at is the current Unix time in whole seconds',
  kind: 'wire',
  scenario: 'every',
  covers: ['basic-created-at-seconds'],
  promises: ['response /created_at'],
  documents: true,
  owns: ['/created_at'],

  judge({ exchange }: EveryExchange, context) {
    return judgeAnswer(exchange, ({ response: { created_at: created }, at }) => {
      if (!isKnownField(context, '/created_at')) return 'the documents name no created_at'
      const pointer = `${at}/created_at`
      if (typeof created !== 'number') {
        return [createFinding(pointer, 'an integer, Unix time in seconds', show(created))]
      }
      if (!Number.isInteger(created)) {
        const finding = createFinding(pointer, 'an integer, Unix time in seconds', show(created))
        const isAnyNumber = context.yardstick === 'openai'
        return [
          { ...finding, ...(isAnyNumber ? { contested: 'OpenAI’s schema says: a number.' } : {}) },
        ]
      }
      if (created > 1e11) {
        return [
          createFinding(
            pointer,
            'Unix time in seconds',
            `${created}, which looks like milliseconds`,
          ),
        ]
      }
      const written = FRACTION.exec(writtenIn(exchange))?.[1]
      if (written !== undefined) {
        const contested = 'JSON Schema counts a number such as 1.0 among the integers.'
        return [
          { ...createFinding(pointer, 'whole seconds without a fraction', written), contested },
        ]
      }
      // Only a live answer can be late or early; a sample is as old as its page.
      const now = Date.parse(exchange.timing?.startedAt ?? '') / 1000
      if (Number.isNaN(now) || Math.abs(now - created) <= TOLERANCE_SECONDS) return []
      const expected = `within ${TOLERANCE_SECONDS} s of ${Math.round(now)}, when we asked`
      return [createFinding(pointer, expected, String(created))]
    })
  },

  mutants: [
    {
      story: 'a JavaScript gateway writes Date.now()',
      on: textScenario,
      reply: (reply) =>
        mapResponse(reply, (response) => ({
          ...response,
          created_at: Number(response['created_at']) * 1000,
        })),
    },
    {
      story: 'a gateway writes times as ISO text',
      on: textScenario,
      reply: (reply) =>
        mapResponse(reply, (response) => ({
          ...response,
          created_at: new Date(Number(response['created_at']) * 1000).toISOString(),
        })),
    },
    {
      story: 'a Python gateway writes time.time()',
      on: textScenario,
      dialect: 'open-responses',
      reply: (reply) =>
        mapResponse(reply, (response) => ({
          ...response,
          created_at: Number(response['created_at']) + 0.25,
        })),
    },
    {
      story: 'a Python gateway writes the float of time.time(), rounded',
      on: textScenario,
      wire: (actions) =>
        actions.map((action) =>
          'bytes' in action
            ? {
                bytes: Buffer.from(
                  Buffer.from(action.bytes)
                    .toString()
                    .replaceAll(/("created_at":\d+)/g, '$1.0'),
                ),
              }
            : action,
        ),
    },
    {
      story: 'a gateway takes its local time for UTC',
      on: textScenario,
      reply: (reply) =>
        mapResponse(reply, (response) => ({
          ...response,
          created_at: Number(response['created_at']) + 7200,
        })),
    },
  ],
})
