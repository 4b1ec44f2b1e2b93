import { defineCheck, notShown, verdictOf } from '../../../src/authoring/define.ts'
import { field, parts, responseAt } from '../../../src/authoring/read.ts'
import type { Json } from '../../../src/types/index.ts'
import { changeLogprobs } from '../mutants.ts'
import { logprobsScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'parameters/top-logprobs-is-a-limit',
  title: 'No token has more alternatives than top_logprobs, and the likeliest come first',
  kind: 'wire',
  scenario: logprobsScenario,
  covers: ['par-top-logprobs'],

  judge({ ask }) {
    const lists = parts(ask, 'output_text')
      .flatMap(({ logprobs: list }) => (Array.isArray(list) ? (list as readonly Json[]) : []))
      .map((entry) => field(entry, '/top_logprobs'))
      .filter((list) => Array.isArray(list))
    if (lists.length === 0) return notShown('there are no logprobs')
    const at = `${responseAt(ask)}/output`
    const chances = lists.map((list) => list.map((entry) => Number(field(entry, '/logprob'))))
    const long = chances.find((list) => list.length > 3)
    const unsorted = chances.find((list) =>
      list.some((value, index) => index > 0 && value > (list[index - 1] ?? 0)),
    )
    return verdictOf([
      ...(long === undefined
        ? []
        : [{ step: 'ask', at, expected: 'at most 3 alternatives', actual: `${long.length}` }]),
      ...(unsorted === undefined
        ? []
        : [{ step: 'ask', at, expected: 'falling logprobs', actual: unsorted.join(', ') }]),
    ])
  },

  mutants: [
    {
      story: 'a server sends as many alternatives as its engine gives',
      reply: (reply) => changeLogprobs(reply, (entry) => ({ ...entry, top_logprobs: FIVE })),
    },
    {
      story: 'an engine lists alternatives from the least likely on',
      reply: (reply) =>
        changeLogprobs(reply, ({ top_logprobs: list, ...entry }) => ({
          ...entry,
          top_logprobs: Array.isArray(list) ? (list as readonly Json[]).toReversed() : [],
        })),
    },
  ],
})

const FIVE: Json = ['a', 'b', 'c', 'd', 'e'].map((token, index) => ({
  token,
  logprob: -1 - index,
  bytes: [97 + index],
}))
