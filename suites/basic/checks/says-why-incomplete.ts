import { defineCheck, mapResponse, moot, verdictOf } from '../../../src/define.ts'
import { field, response, show } from '../../../src/read.ts'
import { capped } from '../scenarios.ts'

export default defineCheck({
  id: 'basic/says-why-incomplete',
  title: 'An answer cut short by max_output_tokens is incomplete, and says why',
  kind: 'forced',
  scenario: capped,
  covers: ['basic-incomplete-status'],

  judge({ capped: cut }) {
    const reply = response(cut)
    const status = field(reply, '/status')
    const reason = field(reply, '/incomplete_details/reason')
    const spent = field(reply, '/usage/output_tokens')
    // The prompt asks for far more than 16 tokens; a model that is done with fewer was not cut.
    if (status === 'completed' && typeof spent === 'number' && spent < 16) {
      return moot('the model was done before the budget was spent')
    }
    return verdictOf([
      ...(status === 'incomplete'
        ? []
        : [{ step: 'capped', at: '/status', expected: '"incomplete"', actual: show(status) }]),
      ...(status !== 'incomplete' || reason === 'max_output_tokens'
        ? []
        : [
            {
              step: 'capped',
              at: '/incomplete_details/reason',
              expected: '"max_output_tokens"',
              actual: show(reason),
            },
          ]),
    ])
  },

  mutant: {
    story: 'an adapter maps every end of a generation to completed',
    reply: (reply) =>
      mapResponse(reply, (response) => ({
        ...response,
        status: 'completed',
        incomplete_details: null,
      })),
  },
})
