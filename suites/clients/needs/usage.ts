// What an answer says about its cost.

import { mapResponse, without } from '../../../src/authoring/define.ts'
import { field, isObject, response, responseAt } from '../../../src/authoring/read.ts'
import type { Exchange, Json } from '../../../src/types/index.ts'
import { mapUsage } from '../../common/mutants.ts'
import { BOTH, createNeedFinding, type ClientNeed } from './define-need.ts'

const USAGE = ['input_tokens', 'output_tokens', 'total_tokens'] as const

function usageOf(exchange: Exchange): readonly [Json | undefined, string] {
  return [field(response(exchange), '/usage'), `${responseAt(exchange)}/usage`]
}

export const usageNeeds: readonly ClientNeed[] = [
  {
    id: 'usage-present',
    title: 'The answer says what it cost',
    in: BOTH,
    judge(exchange) {
      const [given, at] = usageOf(exchange)
      return isObject(given)
        ? undefined
        : createNeedFinding(at, 'input, output and total tokens', given)
    },
    mutants: [
      {
        story: 'a gateway leaves usage out',
        reply: (reply) => mapResponse(reply, (body) => without(body, 'usage')),
      },
    ],
  },
  {
    id: 'usage-names',
    title: 'Usage has input_tokens and output_tokens',
    in: BOTH,
    judge(exchange) {
      const [given, at] = usageOf(exchange)
      const missing = isObject(given) ? USAGE.find((name) => given[name] === undefined) : undefined
      return missing === undefined
        ? undefined
        : createNeedFinding(`${at}/${missing}`, 'a number of tokens', undefined)
    },
    mutants: [
      {
        story: 'an adapter keeps the names of Chat Completions',
        reply: (reply) =>
          mapUsage(reply, ({ input_tokens, output_tokens, total_tokens }) => ({
            prompt_tokens: input_tokens ?? 0,
            completion_tokens: output_tokens ?? 0,
            total_tokens: total_tokens ?? 0,
          })),
      },
    ],
  },
  {
    id: 'usage-numbers',
    title: 'Tokens are counted in numbers',
    in: BOTH,
    judge(exchange) {
      const [given, at] = usageOf(exchange)
      if (!isObject(given)) return undefined
      const bad = USAGE.find((name) => given[name] !== undefined && typeof given[name] !== 'number')
      return bad === undefined
        ? undefined
        : createNeedFinding(`${at}/${bad}`, 'a number', given[bad])
    },
    mutants: [
      {
        story: 'an adapter writes numbers as text',
        reply: (reply) =>
          mapUsage(reply, (given) =>
            Object.fromEntries(
              Object.entries(given).map(([key, value]) => [
                key,
                typeof value === 'number' ? String(value) : value,
              ]),
            ),
          ),
      },
    ],
  },
  {
    id: 'usage-counted',
    title: 'The tokens of the question are counted: more than none',
    in: BOTH,
    judge(exchange) {
      const [given, at] = usageOf(exchange)
      return field(given, '/input_tokens') === 0
        ? createNeedFinding(`${at}/input_tokens`, 'more than 0', 0)
        : undefined
    },
    mutants: [
      {
        story: 'a gateway reports zero tokens',
        reply: (reply) =>
          mapUsage(reply, (usage) => ({
            ...usage,
            input_tokens: 0,
            output_tokens: 0,
            total_tokens: 0,
          })),
      },
    ],
  },
]
