import { defineCheck, notShown, verdictOf } from '../../../src/authoring/define.ts'
import { field, parts, responseAt, show, text } from '../../../src/authoring/read.ts'
import type { Json } from '../../../src/types/index.ts'
import { mapParts } from '../../common/mutants.ts'
import { changeLogprobs } from '../mutants.ts'
import { logprobsScenario } from '../scenarios.ts'
import { reportIneffective } from '../../common/ineffective.ts'

export default defineCheck({
  id: 'parameters/logprobs-make-up-the-text',
  title: 'The tokens of logprobs join to the text, each with a logprob of at most 0',
  kind: 'wire',
  scenario: logprobsScenario,
  covers: ['par-logprobs'],

  judge({ ask }) {
    const at = `${responseAt(ask)}/output`
    if (parts(ask, 'output_text').length === 0) return notShown('there is no text')
    const entries = parts(ask, 'output_text').flatMap(({ logprobs: list }) =>
      Array.isArray(list) ? (list as readonly Json[]) : [],
    )
    if (entries.length === 0) {
      return reportIneffective(ask, '/top_logprobs', {
        step: 'ask',
        at,
        expected: 'logprobs for the text',
        actual: 'none',
      })
    }
    const wrong = entries.find((entry) => {
      const value = field(entry, '/logprob')
      return typeof value !== 'number' || value > 0
    })
    if (wrong !== undefined) {
      return verdictOf([
        { step: 'ask', at, expected: 'a logprob of at most 0', actual: show(wrong) },
      ])
    }
    const joined = entries.map((entry) => field(entry, '/token')).join('')
    return verdictOf(
      joined === text(ask)
        ? []
        : [{ step: 'ask', at, expected: show(text(ask)), actual: show(joined) }],
    )
  },

  mutants: [
    {
      story: 'an adapter takes include, and does not know how to fill it',
      reply: (reply) => mapParts(reply, (part) => ({ ...part, logprobs: [] })),
    },
    {
      story: 'an engine reports probabilities in the place of their logarithms',
      reply: (reply) => changeLogprobs(reply, (entry) => ({ ...entry, logprob: 0.9 })),
    },
    {
      story: 'an engine reports tokens with the markers of its vocabulary',
      reply: (reply) =>
        changeLogprobs(reply, (entry) => ({ ...entry, token: `Ġ${String(entry['token'])}` })),
    },
  ],
})
