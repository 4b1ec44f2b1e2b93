import { lawCheck, carries } from '../stream-rule-check.ts'
import { leakingMarkup, renumbered } from '../mutants.ts'
import { call } from '../scenarios.ts'

export default lawCheck({
  id: 'streaming/keeps-parts-out-of-calls',
  title: 'A function call has neither parts nor text',
  laws: ['function-parts'],
  covers: ['stream-fc-no-content-parts'],
  about: carries('function_call'),

  mutants: [
    {
      story: 'the markup of a call leaks as text',
      on: call,
      reply: (reply) => renumbered(leakingMarkup(reply)),
    },
  ],
})
