import { defineCheck, mapJson, notShown, verdictOf } from '../../../src/authoring/define.ts'
import { field, isObject, show } from '../../../src/authoring/read.ts'
import type { EveryExchange, Finding, Json } from '../../../src/types/index.ts'
import { invalidRequests } from '../invalid-requests.ts'
import { isOfAMissingRoute } from '../missing-route.ts'
import { invalidRequestScenarioOf } from '../scenarios.ts'

export default defineCheck({
  id: 'errors/has-an-envelope',
  title: 'An error is an object error with message and type, and what else the documents ask for',
  kind: 'wire',
  scenario: 'every',
  covers: [
    'error-envelope-shape',
    'error-message-nonempty',
    'auth-error-envelope',
    'error-sdk-class-mapping',
  ],
  promises: ['promise openai-error-format'],
  only: ['openai', 'open-responses'],

  judge({ exchange }: EveryExchange, { yardstick }) {
    const { request, status, body } = exchange
    // What is not JSON is another check's business.
    if (status < 400 || status > 499 || body.kind !== 'json')
      return notShown('not an error in JSON')
    if (isOfAMissingRoute(exchange)) return notShown('no such route, it seems')
    // By the published document a 404 to these is the bare error.
    const isBare = status === 404 && ['delete', 'cancel'].includes(request.operation)
    const error = field(body.value, '/error') ?? (isBare ? body.value : undefined)
    const finding = (at: string, expected: string, actual: Json | undefined): Finding => ({
      step: 'exchange',
      at,
      expected,
      actual: show(actual),
      requirement: /message$|error$/.test(at) ? 'error-message-nonempty' : 'error-envelope-shape',
    })
    if (!isObject(error)) {
      return verdictOf([finding('/error', 'an object with message and type', body.value)])
    }
    const isText = (value: Json | undefined): boolean => typeof value === 'string' && value !== ''
    // Open Responses calls the code optional, and the param "if applicable".
    const isNullableText = (value: Json | undefined): boolean =>
      value === null ||
      typeof value === 'string' ||
      (value === undefined && yardstick === 'open-responses')
    return verdictOf(
      (
        [
          ['message', 'a non-empty string', isText],
          ['type', 'a non-empty string', isText],
          ['param', 'a string or null', isNullableText],
          ['code', 'a string or null', isNullableText],
        ] as const
      ).flatMap(([key, expected, right]) =>
        right(error[key]) ? [] : [finding(`/error/${key}`, expected, error[key])],
      ),
    )
  },

  mutants: [
    {
      story: 'a web framework reports what it found in its own way: {"detail": [...]}',
      on: invalidRequestScenarioOf(invalidRequests[0]!),
      reply: (reply) =>
        reply.status >= 400 ? mapJson(reply, () => ({ detail: [{ msg: 'wrong' }] })) : reply,
    },
    {
      story: 'a gateway writes the status where a code belongs',
      on: invalidRequestScenarioOf(invalidRequests[0]!),
      reply: (reply) =>
        mapJson(reply, ({ error, ...body }) =>
          isObject(error) ? { ...body, error: { ...error, code: reply.status } } : body,
        ),
    },
  ],
})
