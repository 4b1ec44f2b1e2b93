import { defineCheck, holds, mapJson, notShown, violated } from '../../../src/authoring/define.ts'
import { isObject } from '../../../src/authoring/read.ts'
import { errorOf } from '../../../src/authoring/judge-refusal.ts'
import type { EveryExchange, Mutant } from '../../../src/types/index.ts'
import { createFinding } from '../../common/answers.ts'
import { invalidRequests } from '../invalid-requests.ts'
import { invalidRequestScenarioOf } from '../scenarios.ts'

/** What only the programs behind a server say to each other. */
const INSIDES: readonly RegExp[] = [
  /\{\s*\\?["']error\\?["']\s*:/,
  /\b(?:[a-z_]\w*\.)+[A-Z]\w*(?:Error|Exception)\b/,
  /\bdial tcp [\d.:[\]a-f]+|\bconnect ECONNREFUSED\b|\bHTTPConnectionPool\(/,
]

export default defineCheck({
  id: 'errors/hides-its-upstream',
  title: 'The message of an error is written for the caller, not by the programs behind the server',
  kind: 'wire',
  scenario: 'every',
  covers: ['error-no-upstream-internals'],

  judge({ exchange }: EveryExchange) {
    const message = errorOf(exchange)?.['message']
    if (exchange.status < 400 || typeof message !== 'string') return notShown('no message')
    const said = message.slice(0, 10_000)
    const found = INSIDES.map((pattern) => pattern.exec(said)?.[0]).find(
      (match) => match !== undefined,
    )
    if (found === undefined) return holds
    const expected = 'a sentence for the caller, without what an upstream said'
    return violated(createFinding('/error/message', expected, JSON.stringify(found.slice(0, 120))))
  },

  mutants: [
    saying(
      'a gateway quotes the whole error of its upstream',
      'Upstream: {"error": {"message": "bad"}}',
    ),
    saying(
      'a gateway prints the exception of its own client',
      'client.errors.BadRequestError: something is wrong',
    ),
    saying(
      'a gateway tells where its upstream listens',
      'Post failed: dial tcp 10.0.3.7:8000: connection refused',
    ),
  ],
})

function saying(story: string, message: string): Mutant {
  return {
    story,
    on: invalidRequestScenarioOf(invalidRequests[0]!),
    reply: (reply) =>
      mapJson(reply, ({ error, ...body }) =>
        isObject(error) ? { ...body, error: { ...error, message } } : body,
      ),
  }
}
