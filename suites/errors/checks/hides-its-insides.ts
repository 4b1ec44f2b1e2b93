import { defineCheck, holds, notShown, violated } from '../../../src/authoring/define.ts'
import type { EveryExchange } from '../../../src/types/index.ts'
import { invalidRequests } from '../invalid-requests.ts'
import { invalidRequestScenarioOf } from '../scenarios.ts'

const INSIDES: readonly RegExp[] = [
  /\n\s+at .{1,200}:\d+:\d+/,
  /Traceback \(most recent call last\)/,
  /File "[^"]{1,200}", line \d+/,
  /\bgoroutine \d+ \[/,
  /\bpanic: /,
  /\bthread '[^']{1,80}' panicked at/,
  /\/[\w.-]+\.(go|py|js|ts|java|rs|php):\d+/,
]

export default defineCheck({
  id: 'errors/hides-its-insides',
  title: 'An error shows no stack trace',
  kind: 'wire',
  scenario: 'every',
  covers: ['error-no-stack-trace'],

  judge({ exchange: { status, body } }: EveryExchange) {
    if (status < 400) return notShown('not an error')
    const text =
      body.kind === 'json'
        ? body.text.replaceAll('\\n', '\n')
        : body.kind === 'text'
          ? body.text
          : ''
    const found = INSIDES.map((pattern) => pattern.exec(text.slice(0, 100_000))?.[0]).find(
      (match) => match !== undefined,
    )
    if (found === undefined) return holds
    return violated({
      step: 'exchange',
      at: '/',
      expected: 'a message for the caller, without the inside of the server',
      actual: JSON.stringify(found.trim().slice(0, 120)),
    })
  },

  mutants: [
    {
      story: 'a server in debug mode answers with the exception that it caught',
      on: invalidRequestScenarioOf(invalidRequests[0]!),
      reply: (reply) =>
        reply.status >= 400
          ? {
              ...reply,
              body: {
                json: {
                  error: {
                    message: 'Error: wrong type\n    at validate (/srv/app/dist/create.js:12:9)',
                    type: 'invalid_request_error',
                    param: null,
                    code: null,
                  },
                },
              },
            }
          : reply,
    },
  ],
})
