import { defineCheck, notShown, verdictOf } from '../../../src/authoring/define.ts'
import { events, field, show } from '../../../src/authoring/read.ts'
import type { Finding, Json } from '../../../src/types/index.ts'
import { isType } from '../stream-rule-check.ts'
import { changeEvents } from '../mutants.ts'
import { logprobsStreamScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'streaming/weighs-each-delta',
  title:
    'With logprobs asked for, the tokens of each delta spell it, however many alternatives were',
  kind: 'wire',
  scenario: logprobsStreamScenario,
  covers: ['stream-text-logprobs-content'],

  judge({ stream }) {
    const deltas = events(stream).filter(isType('response.output_text.delta'))
    if (deltas.length === 0) return notShown('no text is streamed')
    const findings = deltas.flatMap(({ index, data }): readonly Finding[] => {
      const told = field(data, '/logprobs')
      const list = Array.isArray(told) ? (told as readonly Json[]) : []
      const spelled = list.map((entry) => String(field(entry, '/token') ?? '')).join('')
      const delta = field(data, '/delta')
      const at = `/events/${index}/logprobs`
      if (spelled !== delta) {
        const expected = `tokens that spell ${show(delta)}`
        return [{ step: 'stream', at, expected, actual: show(spelled) }]
      }
      return []
    })
    return verdictOf(findings.slice(0, 1))
  },

  mutants: [
    {
      story: 'log probabilities are only in the finished text',
      reply: (reply) =>
        changeEvents(reply, 'response.output_text.delta', (event) => ({ ...event, logprobs: [] })),
    },
    {
      story: 'an engine takes top_logprobs that is left out for log probabilities that are',
      reply: (reply, { body }) =>
        field(body, '/top_logprobs') === undefined
          ? changeEvents(reply, 'response.output_text.delta', (event) => ({
              ...event,
              logprobs: [],
            }))
          : reply,
    },
  ],
})
