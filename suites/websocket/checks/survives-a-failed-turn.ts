import { defineCheck, mapJson, verdictOf } from '../../../src/authoring/define.ts'
import { field, isObject, show } from '../../../src/authoring/read.ts'
import type { Finding, Json } from '../../../src/types/index.ts'
import { errorFrameOf, isRefusalFrame } from '../frames.ts'
import { connectionScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'websocket/survives-a-failed-turn',
  title: 'A failed turn is a frame with status and error, and its connection stays',
  kind: 'wire',
  scenario: connectionScenario,
  covers: ['ws-error-shape'],

  judge({ broken, evicted, after }) {
    const frame = errorFrameOf(broken)
    const findings: Finding[] = []
    const expect = (
      key: string,
      expected: string,
      right: (value: Json | undefined) => boolean,
    ): void => {
      const actual = field(frame, key)
      if (right(actual)) return
      findings.push({
        step: 'broken',
        at: `/events/0${key}`,
        expected,
        actual: show(actual),
        ...(isObject(field(frame, '/error')) || isRefusalFrame(frame) ? {} : { kind: 'taken' }),
      })
    }
    const isText = (value: Json | undefined): boolean => typeof value === 'string' && value !== ''
    const isNullable = (value: Json | undefined): boolean =>
      value === null || typeof value === 'string'
    expect('/type', '"error"', (value) => value === 'error')
    expect('/status', 'a status such as 400', Number.isInteger)
    expect('/error/message', 'a message', isText)
    expect('/error/type', 'a type', isText)
    expect('/error/code', 'a string or null', isNullable)
    expect('/error/param', 'a string or null', isNullable)
    // That it was answered at all is a condition of being judged.
    if (evicted.reconnected === true || after.reconnected === true) {
      findings.push({
        step: 'after',
        at: 'framing',
        kind: 'differs',
        expected: 'a turn on the connection on which one before it failed',
        actual: 'that connection was closed by the server',
      })
    }
    return verdictOf(findings)
  },

  mutants: [
    {
      story: 'a gateway sends the error without the envelope of a frame',
      reply: (reply) =>
        mapJson(reply, (body) => (isObject(body['error']) ? { detail: 'wrong' } : body)),
    },
    {
      story: 'a gateway closes the connection behind every error frame',
      wire: (actions, { status }) => (status >= 400 ? [...actions, { cut: true }] : actions),
    },
  ],
})
